import type { EndpointSecond, Finding, HeatColumns, Mark, Ratio, ScenarioState, SecondColumns, SeriesColumns, TargetColumns, Threshold, TraceRow, WorkerRow } from '../src/data/api'
import type { RunDocument } from '../src/data/run'

export interface MadeRun {
  second(second: number): unknown
  document(last: number, phase: string, stopReason?: string | null, withPhases?: boolean): RunDocument
  columns(from: number, last: number): SecondColumns
  heat(from: number, last: number): HeatColumns
  seriesOf(scenario: string, method: string, name: string): SeriesColumns | null
  allSeries(): Record<string, SeriesColumns>
  change(users: number, rate: number, second: number): void
  marks(last: number): Mark[]
  scenarios(last: number): ScenarioState[]
  targets(from: number, last: number): TargetColumns[]
  traces(last: number): TraceRow[]
  endpointsAt(second: number): { second: number; rows: EndpointSecond[] }
  findings(last: number): Finding[]
  thresholds(last: number): Threshold[]
  workers(last: number): WorkerRow[]
  ratio: Ratio
}

export function makeRun(options: { outputs?: boolean; users?: number; spawnRate?: number; many?: number; host?: string; start?: number; scale?: number; slow?: number }): MadeRun
