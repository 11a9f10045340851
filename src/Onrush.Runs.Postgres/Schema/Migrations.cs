namespace Onrush.Runs.Postgres.Schema;

/// <summary>
/// The tables, as the steps that lead to them. A step that was released never changes; what is to be different is a further step.
/// docs/internals/store.md describes the tables for other programs.
/// </summary>
internal static class Migrations
{
    /// <summary>The steps; the first is version 1.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        """
        create table onrush.run (
          id       text        primary key check (id ~ '^[0-9a-f]{8}$'),
          number   bigint      not null generated always as identity,
          name     text        not null,
          created  timestamptz not null,
          epoch    bigint      not null default 1,
          bytes    bigint      not null default 0,
          seen     timestamptz not null default now(),
          closed   timestamptz
        );
        create index run_created on onrush.run (created desc, number desc);
        create table onrush.journal (
          run      text        not null references onrush.run on delete cascade,
          position bigint      not null,
          epoch    bigint      not null,
          bytes    bytea       not null,
          primary key (run, position)
        );
        -- Frames are packed already.
        alter table onrush.journal alter column bytes set storage external;
        create table onrush.setting (
          name     text        primary key,
          value    text        not null
        );
        """,
    ];
}
