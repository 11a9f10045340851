using System.Net;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Scenarios;

namespace Onrush.Cluster.Tests;

public sealed class WireTests
{
    private static readonly Directive Full = new()
    {
        Run = "20260101-000000-1",
        Epoch = 3,
        Revision = 17,
        Stage = RunStage.Ending,
        Test = new TestPlan("hello.cs", new string('a', 64), new RunOptions
        {
            Host = "http://127.0.0.1:8080",
            Users = 3000,
            SpawnRate = 12.5,
            ReplacesScenarios = true,
            RunTime = TimeSpan.FromSeconds(90.5),
            StopTimeout = TimeSpan.FromSeconds(3),
            Seed = -42,
            Transport = Transport.Portable,
            Insecure = true,
            LocalAddresses = [IPAddress.Loopback, IPAddress.IPv6Loopback],
            Loops = 3,
        })
        {
            Classes = [new ChosenClass("A", 2.5, 0), new ChosenClass("B", 1, 7)],
            Tags = ["x", "y"],
            ExcludedTags = ["z"],
            Shape = "Steps",
            OwnOptions = [new("coupons", ["1", "2"]), new("empty", [])],
            Scenarios = ["default"],
        },
        Roster = new Roster(2, 1_700_000_000_000_000_000, ["w1", "w2"], Owners(2), Owners(1)),
        StartNs = 1_700_000_000_123_456_789,
        EndNs = long.MaxValue,
        PatienceNs = 3_000_000_000,
        Orders =
        [
            new NumberedOrder(2, new StartOrder("a", 5)),
            new NumberedOrder(3, new RampOrder("b", -6, 10, 20, 2.5, 10, long.MaxValue, [1, 0])),
            new NumberedOrder(4, new RampOrder("b2", 6, 10, 0, 2.5, 10, 99)),
            new NumberedOrder(5, new LinesOrder("c", 7, 4, [(1_000_000, 9), (0, 0)])),
            new NumberedOrder(6, new ArrivalOrder("d", 8, new ConstantArrivalRateExecutor(5000, TimeSpan.FromMilliseconds(10)) { TimeUnit = "1s", MaxUsers = 9, PreAllocatedUsers = 2, WhenBusy = WhenBusy.Drop, QueueLimit = 4 })),
            new NumberedOrder(7, new ArrivalOrder("e", 9, new RampingArrivalRateExecutor(1.5, [("10s", 3), ("0s", 0)]) { TimeUnit = "1m", MaxUsers = 9, PreAllocatedUsers = 0, WhenBusy = WhenBusy.Queue, QueueLimit = 0 })),
            new NumberedOrder(8, new EndOrder("f", 10)),
        ],
        Grants = [new IterationGrant("a", 1, 20)],
        ReportsAsked = 4,
    };

    private static readonly WorkerStatus Status = new()
    {
        State = WorkerState.Ending,
        Revision = 5,
        ReportsAnswered = 2,
        Alive = 100,
        Abandoned = 1,
        Scenarios = [new ScenarioStatus("a", 2, true, 0), new ScenarioStatus("b", 3, false, 77)],
        Problem = "no room",
        StopAsked = "enough",
        Leaves = true,
        Health = new WorkerHealth { Cores = 1.25, CoresAvailable = 4, MemoryBytes = 50 << 20, ClockOffsetNs = -123, ReportsWaiting = 3 },
    };

    public static TheoryData<int> All => [.. Enumerable.Range(0, Everything().Count)];

    /// <summary>A profile or a search says how load comes, and workers have to know it as the master does.</summary>
    [Fact]
    public void The_load_that_options_ask_for_comes_along()
    {
        var users = Sent(new RampingUsersExecutor(3, [("10s", 20), ("5s", 0)], "7s")).ShouldBeOfType<RampingUsersExecutor>();
        (users.StartUsers, users.GracefulRampDown.Value).ShouldBe((3, TimeSpan.FromSeconds(7)));
        users.Stages.ShouldBe([("10s", 20), ("5s", 0)]);
        var rate = new ConstantArrivalRateExecutor(50, TimeSpan.FromHours(24)) { TimeUnit = "1s", MaxUsers = 9, PreAllocatedUsers = 2, WhenBusy = WhenBusy.Drop, QueueLimit = 4 };
        Sent(rate).ShouldBe(rate);
        Sent(null).ShouldBeNull();

        static Executor? Sent(Executor? executor)
        {
            var plan = new TestPlan("a.cs", new string('a', 64), new RunOptions { ReplacesScenarios = true, Executor = executor });
            var record = new DecisionRecord("master", new Directive { Run = "r", Epoch = 1, Revision = 1, Stage = RunStage.Preparing, Test = plan });
            return RecordWire.Read(RecordWire.Write(record)).ShouldBeOfType<DecisionRecord>().Directive.Test!.Options.Executor;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Records_come_back_as_they_were(int index)
    {
        var bytes = RecordWire.Write(Everything()[index]);
        var back = RecordWire.Read(bytes);
        back.GetType().ShouldBe(Everything()[index].GetType());
        // Everything that was read is written again.
        RecordWire.Write(back).ShouldBe(bytes);
    }

    [Fact]
    public void A_directive_comes_back_with_every_field()
    {
        var back = ((DecisionRecord)RecordWire.Read(RecordWire.Write(new DecisionRecord("m", Full)))).Directive;
        Told.Of(back).ShouldBe(Told.Of(Full));
    }

    [Fact]
    public void A_status_comes_back_with_every_field() =>
        Told.Of(((StatusRecord)RecordWire.Read(RecordWire.Write(new StatusRecord("w", "r", Status, null)))).Status).ShouldBe(Told.Of(Status));

    [Fact]
    public void Messages_come_back_as_they_were()
    {
        foreach (CoordinatorMessage message in new CoordinatorMessage[] { new DirectiveMessage(3, Full), new WelcomeMessage(9), new RefusalMessage(1, "no") })
            Told.Of(MessageWire.Read(MessageWire.Write(message))).ShouldBe(Told.Of(message));
    }

    [Fact]
    public void A_roster_of_many_is_small() =>
        MessageWire.Write(new DirectiveMessage(1, Full with { Roster = new Roster(1, 0, [.. Enumerable.Range(0, 200).Select(i => $"worker-{i}")], Owners(200), []) })).Length.ShouldBeLessThan(4000);

    [Fact]
    public void Whatever_the_bytes_are_the_answer_is_a_record_or_a_clear_error()
    {
        var random = new Random(7);
        var originals = Everything().Select(RecordWire.Write).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = originals[random.Next(originals.Length)].ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                (RecordWire.Read(bytes) as StatusRecord)?.Report?.Open();
            }
            catch (DamagedDataException)
            {
            }
        }
    }

    [Fact]
    public void A_bomb_does_not_go_off()
    {
        var packed = new byte[100_000];
        System.IO.Compression.BrotliEncoder.TryCompress(new byte[Wire.MostBytes + 1], packed.AsSpan(2), out var length).ShouldBeTrue();
        (packed[0], packed[1]) = (Wire.Version, 1);
        Should.Throw<DamagedDataException>(() => Wire.Unpack(packed.AsSpan(0, length + 2)));
    }

    [Fact]
    public void Nobody_reports_in_the_name_of_another() =>
        Should.Throw<DamagedDataException>(() => Sent(new StatusRecord("w1", "r", Status, Records.Report("w2", 1))).Open()).Message.ShouldContain("name of another");

    /// <summary>By the numbers beside a report the log knows whether it came before: they have to be its own.</summary>
    [Fact]
    public void A_report_has_the_numbers_that_stand_beside_it()
    {
        var report = Records.Report("w1", 5, 7);
        var sent = Sent(new StatusRecord("w1", "r", Status, report));
        (sent.Worker, sent.Incarnation, sent.FirstSequence, sent.LastSequence).ShouldBe(("w1", 1, 5L, 7L));
        sent.Open().LastSequence.ShouldBe(7);
        var packed = PackedReport.Of(report);
        Should.Throw<DamagedDataException>(() => new SentReport("w1", 1, 5, 8, packed).Open());
        Should.Throw<DamagedDataException>(() => new SentReport("w1", 1, 4, 7, packed).Open());
        Should.Throw<DamagedDataException>(() => new SentReport("w1", 2, 5, 7, packed).Open());
    }

    private static SentReport Sent(StatusRecord record) => ((StatusRecord)RecordWire.Read(RecordWire.Write(record))).Report!;

    private static List<ClusterRecord> Everything() =>
    [
        new HelloRecord("w", new WorkerInfo("0.1.0", "box", 2, 4711)),
        new StatusRecord("w", "r", Status, null),
        Records.Status("w", 12),
        new GoneRecord("w"),
        new ClaimRecord("m", 7),
        new DecisionRecord("m", Full),
        new BookRecord("m", 7, "run", [1, 2, 3]),
        new BookRecord("m", 7, "run", [1, 2, 3]) { IsRepeated = true },
    ];

    private static ushort[] Owners(int workers) => [.. Enumerable.Range(0, Roster.Buckets).Select(b => (ushort)(b % workers))];
}
