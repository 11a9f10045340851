// What outlives a render of a chart: the plot, and who watches its box. Each has a scope of its own, in which no data of the run stands: a closure that is kept
// keeps everything that any closure of its scope uses, and the first seconds of a long run would stay beside the later ones.
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import uPlot from 'uplot'
import type { Drawn, Points } from '../data/thinned'
import { readColours } from './colours'
import { type PlotParts, plotOptions } from './options'
import type { HeatLayer, Line, Overlays } from './types'

/** What a plot shows now; asked at each drawing. */
export interface Shown {
  readonly columns: Points
  readonly lines: readonly Line[]
  readonly drawn: Drawn
  readonly from: number
  readonly to: number
  readonly overlays: Overlays
  readonly heat: HeatLayer | null
  readonly axis: (value: number) => string
  readonly rightAxis: ((value: number) => string) | null
}

export type PlotLook = Pick<PlotParts, 'width' | 'height' | 'rightRoom' | 'log' | 'least' | 'top' | 'bare' | 'words' | 'picture'>

/** Makes a plot in the box when its structure changes, none where that is null. Sizes and data are brought later. */
export function usePlot(
  box: RefObject<HTMLElement | null>, plot: RefObject<uPlot | null>, shown: RefObject<Shown>, moved: RefObject<(plot: uPlot) => void>,
  structure: string | null, look: PlotLook,
): void {
  useEffect(() => {
    if (!box.current || structure === null) return
    const u = new uPlot(
      plotOptions({
        ...look,
        colours: readColours(),
        lines: shown.current.lines.map(({ value: _, format: __, ...line }) => line),
        axis: value => shown.current.axis(value),
        rightAxis: value => shown.current.rightAxis?.(value) ?? '',
        overlays: () => shown.current.overlays,
        heat: () => shown.current.heat,
        range: () => [shown.current.from, shown.current.to],
        moved: now => moved.current(now),
      }),
      plotData(shown.current.drawn),
      box.current,
    )
    plot.current = u
    return () => {
      plot.current = null
      u.destroy()
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [structure])
}

/** Width of the box in pixels, and whether it is on the screen or near: what is scrolled away is not drawn again each second; coming back, it is. */
export function useSight(box: RefObject<HTMLElement | null>): { width: number; inSight: boolean } {
  const [width, setWidth] = useState(0)
  const [inSight, setInSight] = useState(true)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(entries => setWidth(Math.floor(entries[0]!.contentRect.width)))
    observer.observe(element)
    setWidth(Math.floor(element.clientWidth))
    const sight = new IntersectionObserver(entries => setInSight(entries.at(-1)!.isIntersecting), { rootMargin: '120px' })
    sight.observe(element)
    return () => {
      observer.disconnect()
      sight.disconnect()
    }
  }, [box])
  return { width, inSight }
}

export function plotData(drawn: Drawn): uPlot.AlignedData {
  return [drawn.x as number[], ...drawn.values.map(values => values as (number | null)[])]
}
