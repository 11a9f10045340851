// What lies behind and over the lines of every chart: shaded stretches of time and labelled marks. Drawn with the plot's own scales.
import type uPlot from 'uplot'
import type { MarkKind } from '../data/api'
import type { ChartColours } from './colours'
import { faint } from './colours'
import type { Overlays, Span } from './types'

/** Whether the same is shaded and marked. */
export function sameOverlays(one: Overlays, other: Overlays): boolean {
  const spans = (a: readonly Span[], b: readonly Span[]) => a.length === b.length && a.every((span, i) => span[0] === b[i]![0] && span[1] === b[i]![1])
  return one === other || (spans(one.ramps, other.ramps) && spans(one.warmUps, other.warmUps) && spans(one.bound, other.bound)
    && one.marks.length === other.marks.length && one.marks.every((mark, i) => mark.atSeconds === other.marks[i]!.atSeconds && mark.text === other.marks[i]!.text && mark.kind === other.marks[i]!.kind))
}

const hatches = new Map<string, CanvasPattern>()

function hatch(context: CanvasRenderingContext2D, colour: string, ratio: number): CanvasPattern | string {
  const key = `${colour} ${ratio}`
  const known = hatches.get(key)
  if (known) return known
  const size = Math.round(6 * ratio)
  const tile = document.createElement('canvas')
  tile.width = tile.height = size
  const pen = tile.getContext('2d')!
  pen.strokeStyle = colour
  pen.lineWidth = 1.5 * ratio
  pen.beginPath()
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size)
    pen.lineTo(shift + size, 0)
  }
  pen.stroke()
  const pattern = context.createPattern(tile, 'repeat')
  if (!pattern) return faint(colour, 0.2)
  hatches.set(key, pattern)
  return pattern
}

function band(plot: uPlot, span: Span, fill: string | CanvasPattern): void {
  const { left, top, width, height } = plot.bbox
  const from = Math.max(left, plot.valToPos(span[0], 'x', true))
  const to = Math.min(left + width, plot.valToPos(span[1], 'x', true))
  if (to <= from) return
  plot.ctx.fillStyle = fill
  plot.ctx.fillRect(from, top, Math.max(to - from, devicePixelRatio), height)
}

/** Ramps, warm-ups and generator-bound seconds; under the lines. */
export function drawBands(plot: uPlot, overlays: Overlays, colours: ChartColours): void {
  const ratio = devicePixelRatio || 1
  plot.ctx.save()
  for (const span of overlays.ramps) band(plot, span, colours.ramp)
  for (const span of overlays.warmUps) band(plot, span, hatch(plot.ctx, faint(colours.ink3, 0.35), ratio))
  plot.ctx.restore()
}

export function drawBound(plot: uPlot, overlays: Overlays, colours: ChartColours): void {
  const ratio = devicePixelRatio || 1
  plot.ctx.save()
  for (const span of overlays.bound) {
    band(plot, span, faint(colours.doubtFill, 0.1))
    band(plot, span, hatch(plot.ctx, faint(colours.doubtFill, 0.55), ratio))
  }
  plot.ctx.restore()
}

/** Vertical marks with a word at the top, as long as the words do not run into each other. */
export function drawMarks(plot: uPlot, overlays: Overlays, colours: ChartColours, words: Readonly<Record<MarkKind, string>>): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio || 1
  ctx.save()
  ctx.font = `${10.5 * ratio}px ${getComputedStyle(document.body).fontFamily}`
  ctx.textBaseline = 'top'
  ctx.textAlign = 'left'
  ctx.lineWidth = ratio
  let free = -Infinity
  for (const mark of overlays.marks) {
    const x = Math.round(plot.valToPos(mark.atSeconds, 'x', true)) + 0.5
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    const bad = mark.kind === 'workerLost' || mark.kind === 'abort'
    ctx.strokeStyle = bad ? colours.failures : colours.ink3
    ctx.setLineDash([3 * ratio, 3 * ratio])
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    const word = mark.kind === 'stage' ? `${words.stage} ${mark.text}` : (words[mark.kind] ?? mark.text)
    const width = ctx.measureText(word).width
    const at = Math.min(x + 4 * ratio, bbox.left + bbox.width - width - 2 * ratio)
    if (at < free) continue
    ctx.fillStyle = faint(colours.surface, 0.82)
    ctx.fillRect(at - 2 * ratio, bbox.top + ratio, width + 4 * ratio, 14 * ratio)
    ctx.fillStyle = bad ? colours.failures : colours.ink2
    ctx.fillText(word, at, bbox.top + 3 * ratio)
    free = at + width + 8 * ratio
  }
  ctx.restore()
}

/** What an instant lies in and beside, for the line of words under a chart. */
export function whatIsAt(overlays: Overlays, second: number, reach: number): { bound: boolean; ramp: boolean; warmUp: boolean; marks: string[] } {
  const within = (spans: readonly Span[]) => spans.some(([from, to]) => second >= from && second <= to)
  return {
    bound: within(overlays.bound),
    ramp: within(overlays.ramps),
    warmUp: within(overlays.warmUps),
    marks: overlays.marks.filter(mark => Math.abs(mark.atSeconds - second) <= reach).map(mark => mark.text),
  }
}
