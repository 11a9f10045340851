using CouponService;
using CouponService.Stores;

return await CouponServer.RunAsync(args, StoreKinds.Open, Console.Out, Console.Error);

// Named here because the web framework would make it public otherwise.
internal static partial class Program;
