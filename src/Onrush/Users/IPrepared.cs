namespace Onrush.Users;

/// <summary>What a load test keeps in a static field and what has to be made ready before the run.</summary>
internal interface IPrepared
{
    /// <summary>Makes it ready; a second time does nothing.</summary>
    /// <exception cref="LoadTestException">That is not possible.</exception>
    void Prepare();
}
