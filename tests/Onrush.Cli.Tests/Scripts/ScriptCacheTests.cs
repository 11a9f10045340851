using Onrush.Cli.Scripts;

namespace Onrush.Cli.Tests.Scripts;

public sealed class ScriptCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public void An_entry_is_found_until_nobody_used_it_for_a_month()
    {
        Store('a');
        Store('b');
        _clock.Now += TimeSpan.FromDays(20);
        Cache.Find(Key('a')).ShouldNotBeNull();
        _clock.Now += TimeSpan.FromDays(20);
        Store('c');
        Cache.Find(Key('a')).ShouldNotBeNull();
        Cache.Find(Key('b')).ShouldBeNull();
    }

    [Fact]
    public void The_longest_unused_go_when_there_are_too_many()
    {
        for (int i = 0; i <= ScriptCache.MostEntries; i++)
        {
            _clock.Now += TimeSpan.FromMinutes(1);
            Cache.Store($"{i:x64}", _ => { });
        }

        Cache.Find($"{0:x64}").ShouldBeNull();
        Cache.Find($"{1:x64}").ShouldNotBeNull();
        Cache.Find($"{ScriptCache.MostEntries:x64}").ShouldNotBeNull();
    }

    [Fact]
    public void What_was_begun_and_failed_leaves_nothing()
    {
        Should.Throw<InvalidOperationException>(() => Cache.Store(Key('a'), _ => throw new InvalidOperationException()));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Many_may_store_the_same_at_once()
    {
        Parallel.For(0, 32, i => Cache.Store(Key('a'), folder => File.WriteAllText(Path.Combine(folder, "text"), "whole")));
        File.ReadAllText(Path.Combine(Cache.Find(Key('a'))!, "text")).ShouldBe("whole");
        Directory.GetDirectories(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_told_with_the_way_out()
    {
        string file = _folder.Write("file", "");
        Should.Throw<ScriptException>(() => new ScriptCache(Path.Combine(file, "cache"), _clock).Store(Key('a'), _ => { }))
            .Message.ShouldContain("name another folder with ONRUSH_CACHE");
    }

    [Theory]
    [InlineData("/own", "/xdg", "/own")]
    [InlineData("", "/xdg", "/xdg/onrush")]
    public void The_environment_says_where(string own, string xdg, string expected) =>
        ScriptCache.Folder(new Dictionary<string, string> { ["ONRUSH_CACHE"] = own, ["XDG_CACHE_HOME"] = xdg }).ShouldBe(expected);

    public void Dispose() => _folder.Dispose();

    private ScriptCache Cache => new(_folder.Path, _clock);

    private static string Key(char letter) => new(letter, 64);

    private void Store(char letter) => Cache.Store(Key(letter), folder => File.WriteAllText(Path.Combine(folder, "text"), "x"));

    private sealed class FakeClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
