// A chart as an image: its title, its legend and the plot as it stands.
import type uPlot from 'uplot'
import { readColours } from './colours'
import type { Line } from './types'

export function saveImage(plot: uPlot, title: string, lines: readonly Line[]): void {
  const colours = readColours()
  const source = plot.ctx.canvas
  const ratio = devicePixelRatio || 1
  const head = 44 * ratio
  const pad = 12 * ratio
  const canvas = document.createElement('canvas')
  canvas.width = source.width + 2 * pad
  canvas.height = source.height + head + pad
  const pen = canvas.getContext('2d')!
  const family = getComputedStyle(document.body).fontFamily
  pen.fillStyle = colours.surface
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = colours.ink
  pen.font = `600 ${14 * ratio}px ${family}`
  pen.textBaseline = 'middle'
  pen.fillText(title, pad, head / 2)
  let x = pad + pen.measureText(title).width + 20 * ratio
  pen.font = `${12 * ratio}px ${family}`
  for (const line of lines) {
    pen.fillStyle = colours[line.colour]
    pen.fillRect(x, head / 2 - 1.5 * ratio, 14 * ratio, 3 * ratio)
    pen.fillStyle = colours.ink2
    pen.fillText(line.label, x + 20 * ratio, head / 2)
    x += 36 * ratio + pen.measureText(line.label).width
  }
  pen.drawImage(source, pad, head)
  canvas.toBlob(blob => {
    if (!blob) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `onrush-${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}.png`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  })
}
