using CouponService.Coupons;
using CouponService.Stores.Files;
using CouponService.Stores.Postgres;
using CouponService.Stores.Redis;

namespace CouponService.Stores;

/// <summary>The stores by name.</summary>
internal static class StoreKinds
{
    /// <summary>Opens the store that the options name.</summary>
    public static async Task<ICouponStore> Open(CouponOptions options) => options.Store switch
    {
        "memory" => new MemoryStore(),
        "postgres" => await PostgresStore.OpenAsync(options.Postgres, options.DbPool),
        "redis" => await RedisStore.OpenAsync(options.Redis),
        _ => FileStore.Open(options.File),
    };
}
