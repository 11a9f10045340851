using Onrush.Cli.Commands;
using Onrush.Cli.Terminal;

namespace Onrush.Cli.Tests.Terminal;

public sealed class ReadProgressTests
{
    private readonly Clock _time = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void A_long_read_shows_how_far_it_is_and_leaves_no_line()
    {
        using (var stream = ReadProgress.Over(new MemoryStream(new byte[4_000_000]), Host(terminal: true), "run 7", _time))
        {
            Read(stream, 1_000_000);
            _error.ToString().ShouldBeEmpty("before the first second");
            _time.Seconds += 1.1;
            Read(stream, 1_000_000);
            _error.ToString().ShouldBe("\rreading run 7: 2 MB of 4 MB, 50 %");
            Read(stream, 1_000_000);
            _time.Seconds += 1.1;
            stream.ReadByte().ShouldBe(0);
        }

        _error.ToString().ShouldEndWith("75 %\r" + new string(' ', "reading run 7: 3 MB of 4 MB, 75 %".Length) + "\r");
    }

    [Fact]
    public void A_short_one_says_nothing()
    {
        using (var stream = ReadProgress.Over(new MemoryStream(new byte[10]), Host(terminal: true), "run 7", _time))
            Read(stream, 10);
        _error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Where_there_is_no_terminal_it_is_the_stream_itself()
    {
        using var stream = new MemoryStream();
        ReadProgress.Over(stream, Host(terminal: false), "run 7", _time).ShouldBeSameAs(stream);
    }

    private static void Read(Stream stream, int count) => stream.ReadExactly(new byte[count]);

    private CommandHost Host(bool terminal) => new()
    {
        Output = TextWriter.Null, Error = _error, Directory = ".", Environment = new Dictionary<string, string>(), IsTerminal = terminal,
    };

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
