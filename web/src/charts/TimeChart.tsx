import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import { useMessages } from '../i18n'
import { clock } from '../format/time'
import { dash } from '../format/numbers'
import { type Drawn, firstAtLeast, nothingDrawn, type Points, sameDrawn, settledEnd, thinned } from '../data/thinned'
import { useTheme } from '../state/theme'
import { useZoom } from '../state/zoom'
import { Icon } from '../ui/Icon'
import { HeatPicture } from './heatmap'
import { sameOverlays, whatIsAt } from './overlays'
import { saveImage } from './png'
import { type HeatLayer, type Line, noOverlays, type Overlays } from './types'
import { plotData, type Shown, usePlot, useSight } from './usePlot'

export interface TimeChartProps {
  readonly title: string
  readonly columns: Points
  readonly lines: readonly Line[]
  readonly height: number
  readonly axis: (value: number) => string
  readonly rightAxis?: (value: number) => string
  readonly rightRoom?: boolean
  readonly overlays?: Overlays
  readonly heat?: HeatLayer | null
  readonly log?: boolean
  /** The top of an axis without data, so that noise around nothing does not look like mountains. */
  readonly least?: number
  /** The top of an axis of which the largest value is known. */
  readonly top?: number
  /** Whose end is the end of the time axis, where these columns may end earlier. */
  readonly course?: Points
  /** Shows this stretch unless the reader has zoomed. */
  readonly range?: readonly [number, number] | null
  /** Without the time axis: another chart with the same one stands below. */
  readonly bare?: boolean
  readonly note?: ReactNode
  readonly empty?: string | null
}

/** A chart over the time of the run. Values stand in its head: the newest, or those under the cursor, which all charts share. */
export function TimeChart(props: TimeChartProps) {
  const { title, columns, lines, height, heat = null, log = false, least = 1, bare = false, rightRoom = false } = props
  const messages = useMessages()
  const { theme } = useTheme()
  const zoom = useZoom()
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const head = useRef<HTMLDivElement>(null)
  const words = useRef<HTMLParagraphElement>(null)
  const [picture] = useState(() => new HeatPicture())
  const { width, inSight } = useSight(box)
  const overlays = useKept(props.overlays ?? noOverlays, sameOverlays)
  const pixels = Math.max(1, width) * Math.min(2, devicePixelRatio || 1)
  const from = zoom?.from ?? props.range?.[0] ?? 0
  const course = props.course ?? columns
  const last = course.startSecond.at(-1) ?? 0
  const to = Math.max(zoom?.to ?? props.range?.[1] ?? settledEnd(course, from, Math.max(last, 10), pixels), from + 1)
  const drawn = useDrawn(columns, lines, from, to, pixels, inSight)
  const now: Shown = { overlays, heat, lines, columns, drawn, from, to, axis: props.axis, rightAxis: props.rightAxis ?? null }
  const shown = useRef(now)
  shown.current = now

  const structure = `${lines.map(l => `${l.key}${l.label}${l.right}${l.area}`).join()} ${theme} ${log} ${bare} ${rightRoom} ${heat !== null} ${messages.code}`
  const hasData = columns.startSecond.length > 0

  const show = (u: uPlot) => {
    const { lines: now, columns: points, overlays: over, drawn: { x, values, step }, to: end } = shown.current
    const index = u.cursor.idx ?? null
    const hovering = index !== null && (u.cursor.left ?? -1) >= 0 && index < x.length
    const newest = firstAtLeast(points.startSecond, end + 1) - 1
    const cells = head.current?.querySelectorAll<HTMLElement>('[data-value]')
    now.forEach((line, i) => {
      const value = hovering ? values[i]![index] : newest >= 0 ? line.value(newest) : null
      const cell = cells?.[i]
      if (cell) cell.textContent = value === null || value === undefined ? dash : line.format(value)
    })
    const when = head.current?.querySelector<HTMLElement>('[data-when]')
    if (when) when.textContent = hovering ? stretch(x[index]!, step) : ''
    if (!words.current) return
    // Only in the chart that is pointed at: the others show the same instant, and would be covered.
    const second = hovering && box.current?.matches(':hover, :focus') ? x[index]! : null
    const found = second === null ? null : whatIsAt(over, second, reach(u))
    words.current.textContent = !found ? '' : [
      found.bound ? messages.honesty.boundHover : '',
      found.warmUp ? messages.charts.warmUp : '',
      !found.bound && found.ramp ? messages.charts.ramp : '',
      ...found.marks,
    ].filter(Boolean).join(' · ')
    words.current.dataset['doubt'] = String(found?.bound ?? false)
  }
  const showRef = useRef(show)
  showRef.current = show

  usePlot(box, plot, shown, showRef, hasData && width > 40 ? structure : null, {
    width, height, rightRoom, log, least, top: props.top ?? null, bare, words: messages.charts.marks, picture,
  })

  useEffect(() => {
    if (plot.current && width > 40) plot.current.setSize({ width, height })
  }, [width, height])

  // Where a column of the heat map is minutes wide, a second more or less of it is not to be seen; at the end it is complete.
  const version = heat && (heat.ended ? `${heat.version} ended` : Math.floor(heat.version / Math.max(1, (drawn.step ?? 1) / 16)))
  useEffect(() => {
    const u = plot.current
    if (!u || !inSight) return
    u.batch(() => {
      u.setData(plotData(drawn), false)
      u.setScale('x', { min: from, max: to })
    })
  }, [drawn, from, to, version, overlays, structure, hasData, width > 40, inSight])

  // The newest values in the head, which are new more often than the picture.
  useEffect(() => {
    if (plot.current && inSight) showRef.current(plot.current)
  })

  const summary = useMemo(() => {
    const first = lines[0]
    let newest: number | null = null
    let most = -Infinity
    for (const value of drawn.values[0] ?? []) {
      if (value === null) continue
      newest = value
      if (value > most) most = value
    }
    return !first || newest === null ? title : messages.charts.summary(title, first.format(newest), first.format(most))
  }, [drawn, lines, title, messages])

  const move = (event: KeyboardEvent) => {
    const u = plot.current
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (!u || step === 0) return
    event.preventDefault()
    const { x } = drawn
    const index = Math.min(x.length - 1, Math.max(0, (u.cursor.idx ?? x.length - 1) + step * (event.shiftKey ? 10 : 1)))
    const left = u.valToPos(x[index]!, 'x')
    u.setCursor({ left, top: 10 })
    uPlot.sync('time').pub('mousemove', u, left, 10, u.over.clientWidth, u.over.clientHeight, index)
  }

  return (
    <section className="panel chart" aria-label={title}>
      <header className="panel-head" ref={head}>
        <h3>{title}</h3>
        <span className="chart-when" data-when aria-hidden="true" />
        <ul className="legend">
          {lines.map(line => (
            <li key={line.key}>
              <span className={line.dash ? 'swatch dashed' : 'swatch'} style={{ color: `var(${swatch(line)})`, height: Math.max(1, Math.round((line.width ?? 1.6) * 1.3)) }} />
              <span className="legend-label">{line.label}</span>
              <span className="legend-value" data-value />
            </li>
          ))}
        </ul>
        {props.note}
        <button type="button" className="icon-button quiet no-print" title={messages.actions.image} aria-label={`${messages.actions.image}: ${title}`}
          disabled={!hasData} onClick={() => plot.current && saveImage(plot.current, title, lines)}>
          <Icon name="image" />
        </button>
      </header>
      <div className="plot" ref={box} style={{ height }} role="img" aria-label={summary} tabIndex={hasData ? 0 : -1} onKeyDown={move}>
        {!hasData && <p className="plot-empty">{props.empty ?? messages.charts.nothing}</p>}
      </div>
      <p className="chart-words" ref={words} />
    </section>
  )
}

/** The points as they are drawn; those of before while the chart is out of sight, or while the picture would be the same. */
function useDrawn(columns: Points, lines: readonly Line[], from: number, to: number, pixels: number, inSight: boolean): Drawn {
  const kept = useRef(nothingDrawn)
  // The columns grow in place; there are new lines when they did.
  const fresh = useMemo(() => (inSight ? thinned(columns, lines, from, to, pixels) : null), [columns, lines, from, to, pixels, inSight])
  if (fresh && fresh.values.length === lines.length && !sameDrawn(fresh, kept.current)) kept.current = fresh
  return kept.current.values.length === lines.length ? kept.current : thinned(columns, lines, from, to, pixels)
}

/** The value of before while it says the same. */
function useKept<T>(value: T, same: (one: T, other: T) => boolean): T {
  const kept = useRef(value)
  if (!same(value, kept.current)) kept.current = value
  return kept.current
}

/** The instant of a point, or the stretch of which it is the smallest or the largest. */
function stretch(instant: number, step: number | null): string {
  if (step === null) return clock(instant)
  const from = Math.floor(instant / step) * step
  return `${clock(from)}–${clock(from + step)}`
}

/** How many seconds five pixels are. */
function reach(u: uPlot): number {
  return Math.max(0.5, u.posToVal(5, 'x') - u.posToVal(0, 'x'))
}

const variables: Partial<Record<Line['colour'], string>> = { failures: '--fail', inFlight: '--s-in-flight', over: '--s-over' }

function swatch(line: Line): string {
  return variables[line.colour] ?? `--s-${line.colour}`
}
