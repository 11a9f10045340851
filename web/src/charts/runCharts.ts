// From the columns of a run to the lines of its charts. One function per chart; texts come in as messages.
import type { Mark, SecondColumns, SeriesColumns, TargetColumns } from '../data/api'
import { perSecond, spans } from '../data/course'
import { derived, Ever } from '../data/derived'
import type { RunView } from '../data/model'
import { aligned } from '../data/targets'
import type { Points } from '../data/thinned'
import type { Messages } from '../i18n/en'
import { bytes, compact, count, rate, three, thin, time, wholePercent } from '../format/numbers'
import type { Line, Overlays, Span } from './types'

export interface Chart { readonly columns: Points; readonly lines: readonly Line[] }

const perS = (value: number) => `${rate(value)}${thin}/s`

export function throughput(columns: SecondColumns | SeriesColumns, m: Messages): Chart {
  return {
    columns,
    lines: [
      { key: 'requests', label: m.charts.requests, colour: 'throughput', value: perSecond(columns, () => columns.requests), format: perS, area: true },
      { key: 'failures', label: m.charts.failed, colour: 'failures', value: quietZeros(perSecond(columns, () => columns.failures)), format: perS, area: true, width: 1.4 },
    ],
  }
}

/** Long stretches of nothing are not drawn: a red line along the axis would look like failures. */
export function quietZeros(value: (point: number) => number | null): (point: number) => number | null {
  return i => {
    const here = value(i)
    return here === 0 && !value(i - 1) && !value(i + 1) ? null : here
  }
}

/** What can be drawn of the response times, from low to high. */
export const timeLines = ['average', '50', '66', '75', '80', '90', '95', '98', '99', '99.9', '99.99', 'max'] as const
export type TimeLine = (typeof timeLines)[number]
export const usualTimeLines: readonly TimeLine[] = ['50', '95', '99']

// Neighbours have one colour and another dash; the usual ones are drawn plain, the rare ones dashed.
const timeLooks: Record<TimeLine, { colour: Line['colour']; width: number; dash?: readonly number[] }> = {
  average: { colour: 'lag', width: 1.5, dash: [2, 2] }, '50': { colour: 'p50', width: 1.5 }, '66': { colour: 'p50', width: 1.2, dash: [8, 3] },
  '75': { colour: 'p50', width: 1.2, dash: [5, 3] }, '80': { colour: 'p50', width: 1.2, dash: [3, 3] }, '90': { colour: 'p95', width: 1.2, dash: [5, 3] },
  '95': { colour: 'p95', width: 1.8 }, '98': { colour: 'p95', width: 1.2, dash: [2, 2] }, '99': { colour: 'p99', width: 1.5, dash: [6, 3] },
  '99.9': { colour: 'p99', width: 1.2, dash: [3, 3] }, '99.99': { colour: 'p99', width: 1.1, dash: [1, 3] }, max: { colour: 'oldest', width: 1.2, dash: [2, 2] },
}

export function timeLineLabel(line: TimeLine, m: Messages): string {
  return line === 'average' ? m.charts.average : line === 'max' ? m.charts.max : `p${line}`
}

/** The chosen lines, of those that there are: an endpoint has three. */
export function responseTimes(columns: SecondColumns | SeriesColumns, m: Messages, over = false, chosen: readonly TimeLine[] = usualTimeLines): Chart {
  const known = columns as unknown as Record<string, readonly (number | null)[] | undefined>
  const keyOf = (line: TimeLine) => (line === 'average' || line === 'max' ? `${line}Ms` : `p${line.replace('.', '')}Ms`)
  const there = chosen.filter(line => known[keyOf(line)] !== undefined)
  return {
    columns,
    lines: (there.length > 0 ? there : usualTimeLines).map(line => {
      const look = timeLooks[line]
      return {
        key: keyOf(line), label: timeLineLabel(line, m), colour: over ? 'over' : look.colour, value: i => known[keyOf(line)]![i] ?? null, format: time,
        width: over ? overWidth[line] ?? 1 : look.width, ...(look.dash ? { dash: look.dash } : {}),
      }
    }),
  }
}

const overWidth: Partial<Record<TimeLine, number>> = { '50': 1.1, '95': 2, '99': 1.2 }

export function users(columns: SecondColumns, m: Messages): Chart {
  return {
    columns,
    lines: [{ key: 'users', label: m.charts.usersSeries, colour: 'users', value: i => columns.users[i] ?? null, format: count, area: true, steps: true }],
  }
}

export function arrivals(columns: SecondColumns, m: Messages): Chart | null {
  if (!columns.arrivalsOffered || !columns.arrivalsStarted) return null
  return {
    columns,
    lines: [
      { key: 'offered', label: m.charts.offered, colour: 'offered', value: perSecond(columns, () => columns.arrivalsOffered!), format: perS, area: true, steps: true },
      { key: 'achieved', label: m.charts.achieved, colour: 'throughput', value: perSecond(columns, () => columns.arrivalsStarted!), format: perS, width: 1.8 },
      ...(columns.arrivalsDropped && derived(columns, 'dropped', () => new Ever()).isIn(columns.arrivalsDropped)
        ? [{ key: 'dropped', label: m.charts.dropped, colour: 'failures', value: perSecond(columns, () => columns.arrivalsDropped!), format: perS, dash: [4, 3] } as const]
        : []),
    ],
  }
}

export function inFlight(columns: SecondColumns, m: Messages): Chart {
  return {
    columns,
    lines: [
      { key: 'inFlight', label: m.charts.inFlightSeries, colour: 'inFlight', value: i => columns.inFlight[i] ?? null, format: count, area: true },
      { key: 'oldest', label: m.charts.oldestSeries, colour: 'oldest', value: i => columns.oldestMs[i] ?? null, format: time, right: true, dash: [5, 3] },
    ],
  }
}

export function generator(columns: SecondColumns, m: Messages): Chart {
  return {
    columns,
    lines: [
      { key: 'busy', label: m.charts.busy, colour: 'busy', value: i => columns.busyPercent[i] ?? null, format: wholePercent, area: true },
      { key: 'lag', label: m.charts.lag, colour: 'lag', value: i => columns.lagP99Ms[i] ?? null, format: time, right: true, dash: [5, 3] },
    ],
  }
}

export function traffic(columns: SecondColumns, m: Messages): Chart {
  const size = (value: number) => `${bytes(value)}/s`
  return {
    columns,
    lines: [
      { key: 'received', label: m.charts.received, colour: 'throughput', value: perSecond(columns, () => columns.bytesReceived), format: size },
      { key: 'sent', label: m.charts.sent, colour: 'users', value: perSecond(columns, () => columns.bytesSent), format: size, dash: [6, 3] },
    ],
  }
}

const targetColours = ['target1', 'target2', 'target3', 'target4'] as const
const targetDashes: (readonly number[] | undefined)[] = [undefined, [6, 3], [2, 2], [8, 3, 2, 3], [1, 3]]

/** The measurements of one source and unit. Names that begin alike are shown without what they share, which stands in the title. */
export function target(group: readonly TargetColumns[]): Chart & { readonly title: string; readonly axis: (value: number) => string } {
  const { columns, values } = aligned(group)
  const { title, labels } = titled(group)
  const { axis, format } = unitOf(group[0]!.unit)
  return {
    title, axis, columns,
    lines: group.map((row, i) => {
      const dash = targetDashes[Math.floor(i / targetColours.length)]
      return { key: row.name, label: labels[i]!, colour: targetColours[i % targetColours.length]!, value: point => values[i]![point] ?? null, format, ...(dash ? { dash } : {}) }
    }),
  }
}

function titled(group: readonly TargetColumns[]): { title: string; labels: string[] } {
  const [one] = group
  if (group.length === 1 && one) return { title: one.name, labels: [one.name.startsWith(`${one.source} `) ? one.name.slice(one.source.length + 1) : one.name] }
  const at = group[0]!.name.indexOf('{')
  const title = at > 0 ? group[0]!.name.slice(0, at) : group[0]!.source
  const labels = group.map(row => (row.name.startsWith(`${title}{`) ? row.name.slice(title.length) : row.name))
  return { title, labels }
}

function unitOf(unit: string): { axis: (value: number) => string; format: (value: number) => string } {
  switch (unit) {
    case '%': return { axis: axes.percent, format: value => `${three(value)}${thin}%` }
    case 'bytes': return { axis: bytes, format: bytes }
    case 'bytes/s': return { axis: bytes, format: value => `${bytes(value)}/s` }
    case 'ms': return { axis: axes.time, format: time }
    case 's': return { axis: value => axes.time(value * 1000), format: value => time(value * 1000) }
    default: {
      const number = (value: number) => (Number.isInteger(value) ? count(value) : three(value))
      return { axis: compact, format: value => (unit ? `${number(value)}${thin}${unit}` : number(value)) }
    }
  }
}

/** 2.50 as 2.5, 4.00 as 4: an axis has no digits that say nothing. */
const plain = (number: string) => (number.includes('.') ? number.replace(/\.?0+$/, '') : number)

export const axes = {
  rate: compact,
  count: compact,
  time: (value: number) => (value >= 1000 ? `${plain(three(value / 1000))}${thin}s` : `${plain(three(value))}${thin}ms`),
  percent: (value: number) => `${value}${thin}%`,
  bytes: (value: number) => bytes(value).replace(/[\d.]+/, plain),
}

/** The shaded stretches and marks of a run. A ramp is where the number of users is on its way to what was asked for. */
export function overlaysOf(view: RunView): Overlays {
  const columns = view.seconds
  return {
    ramps: rampSpans(columns),
    warmUps: view.scenarios.filter(s => s.warmUp && s.startSecond !== null && s.runTimeSeconds > 0).map(s => [s.startSecond!, s.startSecond! + s.runTimeSeconds]),
    bound: spans(columns, columns.generatorBound),
    marks: withStages(view),
  }
}

/** The marks of the run and the stages that it has reached, in the order of time. */
function withStages(view: RunView): readonly Mark[] {
  const reached = (view.plan.stages ?? []).filter(stage => stage.fromSeconds <= view.run.runTimeMs / 1000)
  if (reached.length === 0) return view.marks
  return [...view.marks, ...reached.map(stage => ({ atSeconds: stage.fromSeconds, kind: 'stage', text: stage.name }) as const)].sort((a, b) => a.atSeconds - b.atSeconds)
}

/** Stretches of at least three points in which the number of users moves, by more than a single user who comes or goes. */
export function rampSpans(columns: SecondColumns): Span[] {
  const found: [number, number][] = []
  let begin = -1
  let most = 0
  for (const users of columns.users) if (users > most) most = users
  for (let i = 1; i <= columns.users.length; i++) {
    const moving = i < columns.users.length && columns.users[i] !== columns.users[i - 1]
    if (moving && begin < 0) begin = i - 1
    if (!moving && begin >= 0) {
      if (i - begin >= 3 && Math.abs(columns.users[i - 1]! - columns.users[begin]!) >= most * 0.02) found.push([columns.startSecond[begin]!, columns.startSecond[i - 1]!])
      begin = -1
    }
  }
  return found
}
