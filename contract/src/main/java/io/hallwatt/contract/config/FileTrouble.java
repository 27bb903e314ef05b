package io.hallwatt.contract.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Why a file or folder cannot be written, in words: Java's own message is often nothing but the name again. */
public final class FileTrouble {
    private FileTrouble() {}

    public static String of(IOException trouble) {
        return switch (trouble) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file, not a directory";
            case NotDirectoryException file -> file.getFile() + " is not a directory";
            case NoSuchFileException file -> "there is no " + file.getFile() + " and it cannot be made";
            case FileSystemException other ->
                Optional.ofNullable(other.getReason()).orElse("not possible") + " (" + other.getFile() + ")";
            default -> String.valueOf(trouble.getMessage());
        };
    }
}
