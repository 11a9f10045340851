// The shape of a run's JSON document. Made from src/Onrush.Runs/Results/Documents by RunDocumentShapeTests; not edited by hand.
// Instants are ISO 8601 in UTC.

export type Outcome =
  | "success"
  | "dns"
  | "refused"
  | "connectTimeout"
  | "connect"
  | "tls"
  | "send"
  | "readTimeout"
  | "reset"
  | "protocol"
  | "status"
  | "check"
  | "cancelled";

export type RunPhase =
  | "ready"
  | "spawning"
  | "running"
  | "stopping"
  | "stopped";

export type WorkerCondition =
  | "preparing"
  | "ready"
  | "running"
  | "ending"
  | "done"
  | "failed"
  | "late"
  | "lost"
  | "left";

/** A run as one JSON document: what --json-file writes and what the page and the report show. Names are camelCase, enumerations are words, every duration is in milliseconds and says so in its name, instants are ISO 8601 in UTC. A field may be added within a schema version; none is removed, renamed or given another meaning. */
export interface RunDocument {
  /** Version of this document's shape. */
  schemaVersion: number;
  /** What was run. */
  about: AboutDocument;
  /** Where the run stands. */
  phase: RunPhase;
  /** Why the run ended or is ending; null while it goes on. */
  stopReason: string | null;
  /** What the run comes to; null before its end. */
  verdict: VerdictDocument | null;
  /** Instant this document shows. */
  takenAt: string;
  /** Start of the run; null before it. */
  startTime: string | null;
  /** Milliseconds since the start, up to the end once the run is over. */
  runTimeMs: number;
  /** Number of users the run is to have. */
  targetUsers: number;
  /** Users started or stopped per second on the way to the target. */
  spawnRate: number;
  /** Users alive now. */
  users: number;
  /** Users alive now by user class. */
  usersByClass: Record<string, number>;
  /** Users that got past OnStartAsync since the start. */
  usersStarted: number;
  /** Users that ended because OnStartAsync threw. */
  usersFailedOnStart: number;
  /** Requests in flight now. */
  inFlight: number;
  /** How long the oldest request in flight has been going on, in milliseconds; 0 when none is. */
  oldestRequestMs: number;
  /** One row per series, by name, then method, then scenario. */
  series: SeriesDocument[];
  /** All series together; scenario and method are empty. */
  aggregated: SeriesDocument;
  /** Failures, the most frequent first. */
  failures: FailureDocument[];
  /** Unhandled exceptions of user code, the most frequent first. */
  exceptions: ExceptionDocument[];
  /** Iterations by scenario, by name. */
  iterations: IterationsDocument[];
  /** Iterations of all scenarios together; scenario is empty. */
  allIterations: IterationsDocument;
  /** Measurements of the target itself, in the order in which they were first read. */
  targets: TargetDocument[];
  /** The accounts of the outputs (--out), in the order in which they were asked for. */
  outputs: OutputDocument[];
  /** How far the generator itself was the limit. */
  generator: GeneratorDocument;
  /** Who made the load, by name. */
  workers: WorkerDocument[];
  /** One sentence per count that is not conserved (started = succeeded + failed + cancelled + in flight); empty when all agree. */
  conservationErrors: string[];
  /** What the person who runs the test should know, one sentence each. */
  warnings: string[];
  /** What was understood from the run, the cause before what follows from it. */
  findings: FindingDocument[];
  /** The course of the run, oldest first: one-second points for the last hour, coarser before. */
  seconds: SecondDocument[];
}

/** What was run, and by what. */
export interface AboutDocument {
  /** Name of the program that made the document, with its version. */
  producer: string;
  /** Name of the load test. */
  loadTest: string;
  /** URL in front of relative paths; null where the user classes say it themselves. */
  host: string | null;
  /** Name of the run in the run store; null where it is not kept. */
  runId: string | null;
}

/** What a run comes to. */
export interface VerdictDocument {
  /** True when the command ends with 0. */
  passed: boolean;
  /** Exit code of the command. */
  exitCode: number;
  /** The verdict in one sentence. */
  text: string;
  /** The rules that were judged, in the order they were given; without any, failed requests and exceptions fail the run. */
  rules: RuleDocument[];
}

/** What one series gave since the start of the run. */
export interface SeriesDocument {
  /** Name of the scenario. */
  scenario: string;
  /** HTTP method or request type. */
  method: string;
  /** Name the requests are grouped under. */
  name: string;
  /** Requests begun. */
  started: number;
  /** Requests finished, good or failed; cancelled ones are not among them. */
  requests: number;
  /** Requests that failed. */
  failures: number;
  /** Requests cut by the stop of their user. */
  cancelled: number;
  /** Requests begun and not ended. */
  inFlight: number;
  /** Failed share of the finished requests, 0 to 1. */
  failureRatio: number;
  /** Response times of all finished requests: everything from the call to the last byte. */
  all: TimesDocument;
  /** Response times of the successful requests alone. */
  successes: TimesDocument;
  /** Response times of the failed requests alone. */
  failed: TimesDocument;
  /** Send, wait and receive together (k6's http_req_duration). */
  duration: TimesDocument;
  /** From the due start of the iteration to the last byte, free of coordinated omission; null when nothing was scheduled. */
  fromDue: TimesDocument | null;
  /** Where the time went. */
  phases: PhasesDocument;
  /** Mean length of the received bodies in bytes. */
  averageContentLength: number;
  /** Bytes written, heads included. */
  bytesSent: number;
  /** Bytes read, heads included. */
  bytesReceived: number;
  /** Finished requests in the last complete second. */
  currentRps: number;
  /** Failed requests in the last complete second. */
  currentFailuresPerSecond: number;
  /** Finished requests per second of the run so far. */
  totalRps: number;
  /** Failed requests per second of the run so far. */
  totalFailuresPerSecond: number;
  /** Responses by HTTP status, ascending; requests without a response are not in it. */
  statuses: StatusDocument[];
  /** Ended requests by outcome, cancelled ones included; outcomes that did not occur are left out. */
  outcomes: OutcomeDocument[];
}

/** Failures of one series that have the same text. */
export interface FailureDocument {
  /** Name of the scenario. */
  scenario: string;
  /** HTTP method or request type. */
  method: string;
  /** Name the requests are grouped under. */
  name: string;
  /** Stage at which they failed. */
  outcome: Outcome;
  /** What went wrong; texts past the limit are counted together as "(other errors)". */
  message: string;
  /** How often. */
  occurrences: number;
  /** When it happened first. */
  firstSeen: string;
  /** When it happened last. */
  lastSeen: string;
}

/** Unhandled exceptions of user code that have the same place and text. */
export interface ExceptionDocument {
  /** User class whose code threw. */
  userClass: string;
  /** Task, OnStartAsync or OnStopAsync. */
  task: string;
  /** Full name of the exception type; "(other exceptions)" past the limit on different ones. */
  type: string;
  /** Text of the exception. */
  message: string;
  /** The exception with its inner ones and its stack. */
  stackTrace: string;
  /** How often. */
  count: number;
  /** When it happened first. */
  firstSeen: string;
  /** When it happened last. */
  lastSeen: string;
  /** On which workers. */
  workers: string[];
}

/** The iterations of one scenario, or of all. */
export interface IterationsDocument {
  /** Name of the scenario. */
  scenario: string;
  /** Finished iterations. */
  count: number;
  /** Those that an exception ended. */
  failed: number;
  /** How long they took, without the wait after them. */
  duration: TimesDocument;
  /** How late scheduled ones started; null when none was scheduled. */
  lateness: TimesDocument | null;
}

/** A measurement of the target itself, such as its CPU. */
export interface TargetDocument {
  /** What it was read from. */
  source: string;
  /** Its name. */
  name: string;
  /** Its unit as people write it; empty when nobody said. */
  unit: string;
  /** Mean of all readings; null when there is none. */
  average: number | null;
  /** The smallest reading. */
  min: number | null;
  /** The largest reading. */
  max: number | null;
  /** The newest reading. */
  last: number | null;
  /** The course, oldest first. */
  points: TargetPointDocument[];
}

/** The account of an output: produced = delivered + dropped + uncertain + queued. */
export interface OutputDocument {
  /** Type and place, without secrets. */
  output: string;
  /** What its records are called: points, data, lines. */
  records: string;
  /** Records that were made. */
  produced: number;
  /** Records that the other side said it has. */
  delivered: number;
  /** Records that it does not have. */
  dropped: number;
  /** Records it may have or not, or have twice, because an answer was lost. */
  uncertain: number;
  /** Records that wait; 0 once the run is over. */
  queued: number;
  /** What waits, in bytes. */
  queuedBytes: number;
  /** Requests or writes that were made once more because one before failed. */
  retries: number;
  /** What went wrong last; null when nothing ever did. */
  trouble: string | null;
}

/** How far the generator itself was the limit. */
export interface GeneratorDocument {
  /** The verdict in one sentence. */
  text: string;
  /** True when at least one second was generator-bound. */
  isBound: boolean;
  /** Seconds in which an engine loop was too busy or too late for its figures to be the target's. */
  boundSeconds: number;
  /** Those seconds, neighbours joined, oldest first. */
  boundSpans: SpanDocument[];
  /** Busy share of the busiest engine loop in the last complete second, in percent. */
  busyPercent: number;
  /** Busy share of all engine loops over the whole run, in percent. */
  averageBusyPercent: number;
  /** Lag of the worst engine loop in the last complete second, 99th percentile in milliseconds. */
  currentLagP99Ms: number;
  /** How long one turn of a loop kept everything else waiting, over the whole run. */
  lag: TimesDocument;
  /** How late a timer of the engine loops fired, over the whole run. */
  canary: TimesDocument;
  /** Time between the arrival of a response in the kernel and its reading; not contained in the response times. */
  added: TimesDocument;
}

/** A worker: what it is, how it stands, what it did. */
export interface WorkerDocument {
  /** Name of the worker. */
  id: string;
  /** Where it stands: as its coordinator knows it. */
  state: WorkerCondition;
  /** Users on it; 0 when they were given to others. */
  users: number;
  /** Requests that it finished. */
  requests: number;
  /** Those of them that failed. */
  failures: number;
  /** Share of one core that its process uses, in percent; null when not known. */
  cpuPercent: number | null;
  /** Resident memory of its process in bytes; null when not known. */
  memoryBytes: number | null;
  /** Engine loops it has; null when not known. */
  loops: number | null;
  /** Busy share of its busiest loop in the last second, in percent. */
  busyPercent: number;
  /** Lag of its worst loop in the last second, 99th percentile in milliseconds. */
  lagP99Ms: number;
  /** The coordinator's clock less its own, in milliseconds; null when not known. */
  clockOffsetMs: number | null;
  /** Reports that it had not handed in yet; null when not known. */
  reportsWaiting: number | null;
  /** Version of onrush it has; null for the process of the run itself. */
  version: string | null;
  /** Its machine; null when not known. */
  address: string | null;
}

/** Something that was understood from the run. */
export interface FindingDocument {
  /** What kind of finding it is; one per run. */
  id: string;
  /** How much it matters: info, warning or problem. */
  severity: string;
  /** Three to six words. */
  title: string;
  /** A sentence or two. */
  text: string;
  /** The figures it rests on. */
  evidence: EvidenceDocument[];
  /** Where it begins, in milliseconds from the start of the run; null when it is of no time. */
  fromMs: number | null;
  /** Where it ends. */
  toMs: number | null;
  /** The page of the docs that says more, from the root of the repository. */
  link: string | null;
}

/** One point of the charts: a second of the run, or more seconds together further back. Counts are sums over the point. */
export interface SecondDocument {
  /** Beginning of the point, in seconds from the start of the run. */
  startSecond: number;
  /** Length of the point in seconds. */
  lengthSeconds: number;
  /** Users alive at the end of a second; the mean where the point is longer. */
  users: number;
  /** Requests finished, good or failed. */
  requests: number;
  /** Requests that failed. */
  failures: number;
  /** Requests cut by the stop of their user. */
  cancelled: number;
  /** Iterations finished. */
  iterations: number;
  /** Requests in flight at the end of a second; the largest where the point is longer. */
  inFlight: number;
  /** Age of the oldest request in flight in milliseconds, the largest of the point. */
  oldestRequestMs: number;
  /** Response times of the requests that finished in this point. */
  times: TimesDocument;
  /** Bytes written. */
  bytesSent: number;
  /** Bytes read. */
  bytesReceived: number;
  /** Busy share of the busiest engine loop in percent. */
  busyPercent: number;
  /** True when the generator was the limit in at least one second of the point. */
  generatorBound: boolean;
  /** The slowest requests whose traces the target has, the slowest first. */
  slowTraces: SlowTraceDocument[];
  /** Finished requests per second. */
  rps: number;
  /** Failed requests per second. */
  failuresPerSecond: number;
}

/** A rule over the results and what became of it. */
export interface RuleDocument {
  /** What it is about: a metric with its filter, an invariant. */
  subject: string;
  /** The rule as it was written. */
  expression: string;
  /** Whether it held. */
  passed: boolean;
  /** The figure that decided, with its unit; null when there was none. */
  found: string | null;
}

/** The distribution of one time, in milliseconds; all 0 while the count is 0. Percentiles are within 0.8 %, the rest is exact. */
export interface TimesDocument {
  /** Number of values. */
  count: number;
  /** Arithmetic mean in milliseconds. */
  averageMs: number;
  /** Smallest value in milliseconds. */
  minMs: number;
  /** Median in milliseconds. */
  p50Ms: number;
  /** 66th percentile in milliseconds. */
  p66Ms: number;
  /** 75th percentile in milliseconds. */
  p75Ms: number;
  /** 80th percentile in milliseconds. */
  p80Ms: number;
  /** 90th percentile in milliseconds. */
  p90Ms: number;
  /** 95th percentile in milliseconds. */
  p95Ms: number;
  /** 98th percentile in milliseconds. */
  p98Ms: number;
  /** 99th percentile in milliseconds. */
  p99Ms: number;
  /** 99.9th percentile in milliseconds. */
  p999Ms: number;
  /** 99.99th percentile in milliseconds. */
  p9999Ms: number;
  /** Largest value in milliseconds. */
  maxMs: number;
}

/** Where the time of the requests of a series went. A phase that did not take place counts as 0 ms. */
export interface PhasesDocument {
  /** Before the request could be written: waiting for a connection, name resolution, connect and TLS together. */
  blocked: TimesDocument;
  /** Name resolution. */
  dns: TimesDocument;
  /** TCP connect. */
  connect: TimesDocument;
  /** TLS handshake. */
  tls: TimesDocument;
  /** Writing the request. */
  send: TimesDocument;
  /** From the request written to the first byte of the response. */
  wait: TimesDocument;
  /** From the first to the last byte of the response. */
  receive: TimesDocument;
}

/** How often a status was received. */
export interface StatusDocument {
  /** HTTP status. */
  status: number;
  /** Number of responses. */
  count: number;
}

/** How often requests ended in one way. */
export interface OutcomeDocument {
  /** The way, by the stage at which the request ended. */
  outcome: Outcome;
  /** Number of requests. */
  count: number;
}

/** Readings of the target in one point of the course. */
export interface TargetPointDocument {
  /** Beginning of the point, in seconds from the start of the run. */
  startSecond: number;
  /** Length of the point in seconds. */
  lengthSeconds: number;
  /** Mean of the readings; null where it could not be read. */
  average: number | null;
  /** The smallest of them. */
  min: number | null;
  /** The largest of them. */
  max: number | null;
}

/** A stretch of time, in milliseconds from the start of the run. */
export interface SpanDocument {
  /** Beginning in milliseconds from the start of the run. */
  fromMs: number;
  /** End in milliseconds from the start of the run. */
  toMs: number;
}

/** A figure that a finding rests on. */
export interface EvidenceDocument {
  /** What it is. */
  label: string;
  /** The figure with its unit. */
  value: string;
}

/** A slow request whose trace the target has: it was sent with traceparent and marked to be recorded. */
export interface SlowTraceDocument {
  /** Id of the trace, 32 hexadecimal digits. */
  traceId: string;
  /** Name of the scenario. */
  scenario: string;
  /** HTTP method. */
  method: string;
  /** Name the request is grouped under. */
  name: string;
  /** HTTP status; 0 when there was no response. */
  status: number;
  /** Response time in milliseconds. */
  responseMs: number;
}
