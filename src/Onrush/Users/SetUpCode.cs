namespace Onrush.Users;

/// <summary>Runs code of the load test that prepares the run, so that what it throws ends in one line that says where it came from.</summary>
internal static class SetUpCode
{
    /// <param name="name">What is run, as the beginning of a sentence.</param>
    /// <param name="code">The code.</param>
    /// <exception cref="LoadTestException">It threw; what it found wrong with the load test itself comes out as it is.</exception>
    public static T Run<T>(string name, Func<T> code)
    {
        try
        {
            return code();
        }
        catch (Exception exception) when (exception is not LoadTestException)
        {
            // A static initialiser hides what it threw.
            var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            throw new LoadTestException($"{name} threw {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}", cause) { IsThrownBySetUp = true };
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public static void Run(string name, Action code) => Run(name, () =>
    {
        code();
        return true;
    });
}
