// The settings of a plot: shared time axis and cursor, zoom for all, lines, bands, marks, heat map.
import uPlot from 'uplot'
import type { MarkKind } from '../data/api'
import { clock } from '../format/time'
import { setZoom } from '../state/zoom'
import type { ChartColours } from './colours'
import { faint } from './colours'
import type { HeatPicture } from './heatmap'
import { drawBands, drawBound, drawMarks } from './overlays'
import { bucketRange, decades, logRange, niceTop, timeSteps } from './scales'
import type { HeatLayer, LineLook, Overlays } from './types'

export interface PlotParts {
  readonly lines: readonly LineLook[]
  readonly colours: ChartColours
  readonly width: number
  readonly height: number
  readonly axis: (value: number) => string
  readonly rightAxis: (value: number) => string
  readonly rightRoom: boolean
  readonly log: boolean
  readonly least: number
  readonly top: number | null
  readonly bare: boolean
  readonly words: Readonly<Record<MarkKind, string>>
  /** Asked at each drawing, so that new data needs no new plot. */
  readonly overlays: () => Overlays
  readonly heat: () => HeatLayer | null
  /** The stretch of time that is shown. */
  readonly range: () => readonly [number, number]
  readonly picture: HeatPicture
  readonly moved: (plot: uPlot) => void
}

const font = "11px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK KR', sans-serif"

/** Half the width of a digit of that font in pixels. */
const halfDigit = 3.3

export function plotOptions(parts: PlotParts): uPlot.Options {
  const { colours } = parts
  const axis = { font, stroke: colours.ink3, ticks: { show: false }, gap: 6 }
  const right = parts.lines.some(line => line.right)
  const beside = right || parts.rightRoom ? 48 : 14
  return {
    width: parts.width,
    height: parts.height,
    legend: { show: false },
    padding: [10, right ? 0 : beside, parts.bare ? 9 : 0, 0],
    cursor: {
      y: false,
      points: { size: 7, width: 2, stroke: (_plot, i) => colours[parts.lines[i - 1]!.colour], fill: () => colours.surface },
      drag: { x: true, y: false, setScale: false },
      sync: { key: 'time', scales: ['x', null], filters: { pub: type => type === 'mousemove' || type === 'mouseleave', sub: () => true } },
      bind: { dblclick: () => () => { setZoom(null); return null } },
    },
    scales: {
      x: { time: false },
      y: {
        distr: parts.log ? 3 : 1,
        range: (plot, min, max) => {
          if (!parts.log) return [0, parts.top ?? niceTop(max ?? 0, parts.least)]
          const layer = parts.heat()
          if (layer) {
            const grid = parts.picture.gridFor(layer, parts.range(), plot.bbox.width)
            if (grid.highest >= grid.lowest) return bucketRange(grid.lowest, grid.highest)
          }
          return min == null || max == null || max <= 0 ? [1, 1000] : logRange(min, max)
        },
      },
      ...(right ? { right: { range: (_plot: uPlot, _min: number, max: number): [number, number] => [0, niceTop(max ?? 0, 0.1)] } } : {}),
    },
    axes: [
      {
        ...axis,
        show: !parts.bare,
        size: 26,
        space: 64,
        incrs: [...timeSteps],
        grid: parts.heat() ? { show: false } : { stroke: colours.line, width: 1 },
        // Without a text that would be cut off at the edge.
        values: (plot, ticks) => ticks.map(tick => {
          const text = clock(tick)
          return plot.bbox.width / uPlot.pxRatio - plot.valToPos(tick, 'x') + beside < text.length * halfDigit ? '' : text
        }),
      },
      {
        ...axis,
        size: 58,
        space: parts.height < 150 ? 22 : 30,
        grid: parts.heat() ? { show: false } : { stroke: colours.line, width: 1 },
        ...(parts.log ? { splits: (_plot: uPlot, _i: number, min: number, max: number) => decades(min, max) } : {}),
        values: (_plot, ticks) => ticks.map(tick => (tick == null ? '' : parts.axis(tick))),
      },
      ...(right
        ? [{ ...axis, scale: 'right', side: 1, size: 48, grid: { show: false }, values: (_plot: uPlot, ticks: number[]) => ticks.map(tick => parts.rightAxis(tick)) }]
        : []),
    ],
    series: [{}, ...parts.lines.map(line => series(line, colours))],
    hooks: {
      setSelect: [
        plot => {
          if (plot.select.width > 3) {
            const from = plot.posToVal(plot.select.left, 'x')
            const to = plot.posToVal(plot.select.left + plot.select.width, 'x')
            if (to - from >= 2) setZoom({ from: Math.round(from), to: Math.round(to) })
          }
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        },
      ],
      setCursor: [parts.moved],
      drawClear: [
        plot => {
          drawBands(plot, parts.overlays(), colours)
          const layer = parts.heat()
          if (layer) parts.picture.draw(plot, layer, parts.range(), colours)
          drawBound(plot, parts.overlays(), colours)
        },
      ],
      draw: [plot => drawMarks(plot, parts.overlays(), colours, parts.words)],
    },
  }
}

function series(line: LineLook, colours: ChartColours): uPlot.Series {
  const stroke = colours[line.colour]
  return {
    label: line.label,
    scale: line.right ? 'right' : 'y',
    stroke,
    width: line.width ?? 1.6,
    ...(line.dash ? { dash: [...line.dash] } : {}),
    ...(line.area ? { fill: line.colour === 'failures' ? faint(stroke, 0.32) : line.colour === 'offered' ? faint(stroke, 0.55) : faint(stroke, 0.12) } : {}),
    ...(line.steps ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
    points: { show: (plot, i, from, to) => lonely(plot.data[i] as (number | null)[], from, to), size: 4, fill: stroke, stroke },
    spanGaps: false,
  }
}

/** Points are drawn only where a run is so short that a line would be invisible. */
function lonely(values: readonly (number | null)[], from: number, to: number): boolean {
  let seen = 0
  for (let i = from; i <= to && seen < 3; i++) if (values[i] != null) seen++
  return seen > 0 && seen < 3
}
