using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Onrush.Cluster;

/// <summary>
/// The secret that master and workers share. With TLS both make the same key of it and show a certificate for that key, and each takes no other: a stranger
/// gets no further than the handshake, and no authority has to be asked.
/// </summary>
/// <param name="Text">The secret.</param>
internal sealed record ClusterToken(string Text)
{
    private const int Bytes = 18;
    private const int KeyBytes = 32;

    private readonly Lazy<byte[]> _publicKey = new(() => Key(Text).ExportSubjectPublicKeyInfo());

    /// <summary>A new one of 144 random bits.</summary>
    public static ClusterToken New() => new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).Replace('+', '-').Replace('/', '_'));

    /// <summary>Whether a text is the secret; how long that takes tells nothing.</summary>
    public bool Is(string? text) =>
        text is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>A certificate for the key that follows from the secret.</summary>
    /// <param name="now">The time now.</param>
    public X509Certificate2 Certificate(DateTimeOffset now)
    {
        using var key = Key(Text);
        var request = new CertificateRequest("CN=onrush", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(now.AddDays(-2), now.AddYears(10));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Whether a certificate is for that key; nothing else about it counts.</summary>
    public bool Fits(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is X509Certificate2 shown && CryptographicOperations.FixedTimeEquals(shown.PublicKey.ExportSubjectPublicKeyInfo(), _publicKey.Value);

    private static ECDsa Key(string text)
    {
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(text), KeyBytes, salt: "onrush cluster"u8.ToArray(), info: "p-256 key 1"u8.ToArray());
        // Below the order of the curve for certain, at the price of a bit.
        secret[0] &= 0x7F;
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
    }
}
