using System;

namespace PSCertAuthority.Keys;

/// <summary>Every failure of the key domain, each with its id.</summary>
internal static class KeyErrors
{
    public static CaKeyException SizeInvalid(KeyType type, int size, string allowed) => new(
        "KeySizeInvalid", CaErrorCategory.InvalidArgument,
        $"There is no {type} key of {size} bits here. Allowed: {allowed}.", size);

    public static CaKeyException Weak(string what, string why) => new(
        "WeakKey", CaErrorCategory.PermissionDenied,
        $"The key ({what}) is refused: {why}. Make a new key; RSA needs at least {KeySpecification.MinimumRsaSize} bits.", what);

    public static CaKeyException TypeNotAllowed(string what) => new(
        "KeyTypeNotAllowed", CaErrorCategory.PermissionDenied,
        $"A key of the kind '{what}' is not certified here. Use RSA, EC (P-256, P-384, P-521), Ed25519 or Ed448.", what);

    public static CaKeyException FileMissing(string path, string owner) => new(
        "KeyFileMissing", CaErrorCategory.ObjectNotFound,
        $"The private key of {owner} is not on this host: there is no file '{path}'. Run this where the key is, or bring the file back.",
        path);

    public static CaKeyException FileInvalid(string path, Exception? cause) => new(
        "KeyFileInvalid", CaErrorCategory.InvalidData,
        $"'{path}' holds no private key that can be read (PKCS #8, PKCS #1 or SEC 1, PEM or DER). Give the file with the key.", path, cause);

    public static CaKeyException PasswordRequired(string path) => new(
        "KeyPasswordRequired", CaErrorCategory.PermissionDenied,
        $"The private key in '{path}' is encrypted. Give its password.", path);

    public static CaKeyException PasswordWrong(string path, Exception? cause) => new(
        "KeyPasswordWrong", CaErrorCategory.PermissionDenied,
        $"The password does not open the private key in '{path}'. Give the one that it was encrypted with.", path, cause);

    public static CaKeyException Mismatch(string path, string owner) => new(
        "KeyMismatch", CaErrorCategory.InvalidData,
        $"The private key in '{path}' does not belong to {owner}. Bring the right file there, or name it.", path);

    public static CaKeyException FileUnreadable(string path, Exception cause) => new(
        "KeyFileUnreadable", CaErrorCategory.ReadError,
        $"The key file '{path}' could not be read: {cause.Message}", path, cause);

    public static CaKeyException PasswordEmpty() => new(
        "KeyPasswordEmpty", CaErrorCategory.InvalidArgument,
        "The password is empty. Give a password of at least one character, or none at all to leave the key unencrypted.", null);

    public static CaKeyException PfxPasswordMissing() => new(
        "PfxPasswordMissing", CaErrorCategory.InvalidArgument,
        "A PKCS #12 file (PFX) holds a private key and is made with a password only. Give one of at least one character.", null);
}
