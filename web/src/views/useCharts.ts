import { useMemo } from 'react'
import type { RunView } from '../data/model'
import { overlaysOf } from '../charts/runCharts'
import type { HeatLayer, Overlays } from '../charts/types'
import { useUrl } from '../state/url'

/** What every chart of a run shares; made once per second. */
export function useRunCharts(view: RunView): { overlays: Overlays; heat: HeatLayer; range: readonly [number, number] | null; key: number } {
  const [window] = useUrl('window', 'all')
  // The columns grow in place: the version says when.
  const overlays = useMemo(() => overlaysOf(view), [view.version, view.seconds, view.marks, view.scenarios, view.plan])
  const heat = useMemo<HeatLayer>(() => ({ heat: view.heat, version: view.version, ended: view.run.phase === 'stopped' }), [view.version, view.heat, view.run.phase])
  const last = view.seconds.startSecond.at(-1) ?? 0
  const seconds = window === '5m' ? 300 : window === '1m' ? 60 : null
  const range = useMemo<readonly [number, number] | null>(() => (seconds === null ? null : [Math.max(0, last - seconds), Math.max(last, seconds)]), [seconds, last])
  return { overlays, heat, range, key: view.version }
}
