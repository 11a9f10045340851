import type { HeatColumns, Mark } from '../data/api'
import type { ChartColour } from './colours'

/** How a line of a chart looks. */
export interface LineLook {
  readonly key: string
  readonly label: string
  readonly colour: ChartColour
  /** The right axis instead of the left. */
  readonly right?: boolean
  readonly area?: boolean
  readonly steps?: boolean
  readonly dash?: readonly number[]
  readonly width?: number
}

/** One line of a chart. */
export interface Line extends LineLook {
  /** What it is at a point of the chart's columns, as they are when it is asked. */
  readonly value: (point: number) => number | null
  readonly format: (value: number) => string
}

export type Span = readonly [from: number, to: number]

/** What is shaded and marked behind every chart of a run. */
export interface Overlays {
  readonly ramps: readonly Span[]
  readonly warmUps: readonly Span[]
  readonly bound: readonly Span[]
  readonly marks: readonly Mark[]
}

export interface HeatLayer {
  readonly heat: HeatColumns
  readonly version: number
  /** Whether no more seconds come. */
  readonly ended: boolean
}

export const noOverlays: Overlays = { ramps: [], warmUps: [], bound: [], marks: [] }
