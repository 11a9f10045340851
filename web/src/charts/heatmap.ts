// The heat map behind the percentile lines: a small picture stretched over the plot. On a logarithmic axis the buckets are evenly high.
import type uPlot from 'uplot'
import { bucketMs, type HeatGrid, heatGrid, shade } from '../data/heat'
import { type ChartColours, ramp } from './colours'
import type { HeatLayer } from './types'

let rampFor = ''
let rampBytes = new Uint8ClampedArray(0)

function colourRamp(colours: ChartColours): Uint8ClampedArray {
  const key = colours.heat.join()
  if (key !== rampFor) {
    rampFor = key
    rampBytes = ramp(colours.heat) as Uint8ClampedArray<ArrayBuffer>
  }
  return rampBytes
}

/** Keeps the picture between redraws that change neither data nor range. */
export class HeatPicture {
  private key = ''
  private grid: HeatGrid | null = null
  private painted: Uint8ClampedArray | null = null
  private readonly canvas = document.createElement('canvas')

  gridFor(layer: HeatLayer, range: readonly [number, number], plotWidth: number): HeatGrid {
    const from = Math.floor(range[0])
    const to = Math.ceil(range[1]) + 1
    const columns = Math.max(60, Math.round(plotWidth / (3 * devicePixelRatio)))
    const key = `${layer.version} ${from} ${to} ${columns}`
    if (key !== this.key || !this.grid) {
      this.key = key
      this.grid = heatGrid(layer.heat, from, to, columns)
      this.painted = null
    }
    return this.grid
  }

  draw(plot: uPlot, layer: HeatLayer, range: readonly [number, number], colours: ChartColours): void {
    const grid = this.gridFor(layer, range, plot.bbox.width)
    if (grid.highest < grid.lowest) return
    const painted = colourRamp(colours)
    if (this.painted !== painted) this.paint(grid, painted)
    this.painted = painted
    const { ctx, bbox } = plot
    // A one-second point stands at its beginning; its cells reach half a second to both sides.
    const left = plot.valToPos(grid.from - 0.5, 'x', true)
    const right = plot.valToPos(grid.to - 0.5, 'x', true)
    const top = plot.valToPos(bucketMs(grid.highest + 1), 'y', true)
    const bottom = plot.valToPos(bucketMs(grid.lowest), 'y', true)
    ctx.save()
    ctx.beginPath()
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
    ctx.clip()
    ctx.imageSmoothingEnabled = false
    ctx.drawImage(this.canvas, left, top, right - left, bottom - top)
    ctx.restore()
  }

  private paint(grid: HeatGrid, colours: Uint8ClampedArray): void {
    const rows = grid.highest - grid.lowest + 1
    this.canvas.width = grid.width
    this.canvas.height = rows
    const pen = this.canvas.getContext('2d')!
    const image = pen.createImageData(grid.width, rows)
    for (let row = 0; row < rows; row++) {
      for (let x = 0; x < grid.width; x++) {
        const value = grid.cells[row * grid.width + x]!
        if (value <= 0) continue
        const step = Math.round(shade(value, grid.most) * 255) * 3
        const at = ((rows - 1 - row) * grid.width + x) * 4
        image.data[at] = colours[step]!
        image.data[at + 1] = colours[step + 1]!
        image.data[at + 2] = colours[step + 2]!
        image.data[at + 3] = 255
      }
    }
    pen.putImageData(image, 0, 0)
  }
}
