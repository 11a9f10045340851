using Studies.Documents;

namespace Studies;

/// <summary>Every study.</summary>
internal static class StudyCatalog
{
    public static IReadOnlyList<Study> All { get; } = [new HelloStudy(), new PlatformStudy(), new CloudWatchStudy(), new SocketStudy(), new PeakStudy(), new CouponStudy()];
}
