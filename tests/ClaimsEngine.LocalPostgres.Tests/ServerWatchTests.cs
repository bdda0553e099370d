using Xunit;

namespace ClaimsEngine.LocalPostgres.Tests;

/// <summary>When the watch acts, on a clock that jumps to the end of every wait.</summary>
public sealed class ServerWatchTests
{
    private readonly JumpingClock _clock = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly List<double> _tries = [];
    private readonly List<string> _told = [];

    [Fact]
    public async Task A_server_that_cannot_be_started_is_tried_after_pauses_that_double_up_to_half_a_minute()
    {
        await Watch(lives: () => false, revive: () => throw new IOException("no"), tries: 10);

        Assert.Equal([1, 3, 6, 11, 20, 37, 68, 99, 130, 161], _tries);
        Assert.Single(_told, t => t.Contains("has died"));
        Assert.Equal(10 - 1, _told.Count(t => t.Contains("could not be started again"))); // the tenth try ends with the watch
    }

    [Fact]
    public async Task A_server_that_dies_right_after_every_revival_is_not_revived_hot()
    {
        await Watch(lives: () => false, revive: () => { }, tries: 8);

        Assert.Equal([1, 2, 4, 7, 12, 21, 38, 69], _tries);
        Assert.Equal(8, _told.Count(t => t.Contains("has died")));
    }

    [Fact]
    public async Task A_server_that_stayed_healthy_is_revived_at_once_again()
    {
        var died = 0;
        await Watch(lives: () => _clock.Now < (died + 1) * 100, revive: () => died++, tries: 4);

        Assert.Equal([100, 200, 300, 400], _tries);
    }

    [Fact]
    public async Task A_watch_that_cannot_look_does_not_take_the_server_for_dead()
    {
        var looks = 0;
        await Watch(
            lives: () =>
            {
                if (++looks == 5) _leaving.Cancel();
                return looks > 2 ? true : throw new IOException("Too many open files");
            },
            revive: () => { }, tries: 1);

        Assert.Empty(_tries);
        Assert.Equal(2, _told.Count(t => t.Contains("could not be looked at") && t.Contains("Too many open files")));
    }

    [Fact]
    public async Task A_server_that_somebody_else_started_is_noticed()
    {
        var looks = 0;
        await Watch(
            lives: () =>
            {
                if (++looks == 3) _leaving.Cancel();
                return looks > 1;
            },
            revive: () => throw new IOException("it is recovering"), tries: 2);

        Assert.Contains("the server runs again.", _told);
    }

    /// <summary>Watches with a look a second until so many revivals were begun, and notes their times in seconds.</summary>
    private async Task Watch(Func<bool> lives, Action revive, int tries)
    {
        var watch = new ServerWatch(
            "the server", TimeSpan.FromSeconds(1), lives,
            _ =>
            {
                _tries.Add(_clock.Now);
                if (_tries.Count == tries) _leaving.Cancel();
                revive();
                return Task.CompletedTask;
            },
            _told.Add, _clock);
        await watch.Run(_leaving.Token).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class JumpingClock : TimeProvider
    {
        private long _ticks;

        public double Now => TimeSpan.FromTicks(_ticks).TotalSeconds;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ticks += dueTime.Ticks;
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return new NoTimer();
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
