import { useMemo } from 'react'
import type { SecondColumns } from '../data/api'
import { loadCurve, type LoadPoint } from '../data/load'
import { compact, count, rate, thin, time } from '../format/numbers'
import { useMessages } from '../i18n'
import { axes } from './runCharts'

const width = 640
const height = 208
const edge = { left: 54, right: 62, top: 10, bottom: 36 }
const marks = [0, 0.25, 0.5, 0.75, 1]

/** Throughput and response time over the load: where throughput no longer grows and times do, the target is at its limit. */
export function LoadChart({ columns, version }: { columns: SecondColumns; version: unknown }) {
  const m = useMessages()
  const curve = useMemo(() => loadCurve(columns), [columns, version])
  if (!curve) return null
  const { points } = curve
  const most = { load: roof(points, p => p.load), rate: roof(points, p => p.rate), p95: roof(points, p => p.p95Ms ?? 0) }
  const x = (load: number) => edge.left + (load / most.load) * (width - edge.left - edge.right)
  const y = (value: number, top: number) => height - edge.bottom - (value / top) * (height - edge.top - edge.bottom)
  const line = (value: (p: LoadPoint) => number | null, top: number) =>
    points.filter(p => value(p) !== null).map(p => `${x(p.load).toFixed(1)},${y(value(p)!, top).toFixed(1)}`).join(' ')
  const unit = curve.by === 'users' ? m.charts.usersSeries : `${m.charts.offered} ${m.charts.perSecond}`
  return (
    <section className="panel chart" aria-label={m.charts.byLoad}>
      <header className="panel-head">
        <h3>{m.charts.byLoad}</h3>
        <ul className="legend">
          <li><span className="swatch" style={{ color: 'var(--s-throughput)' }} /><span className="legend-label">{m.charts.throughput}</span></li>
          <li><span className="swatch dashed" style={{ color: 'var(--s-p95)' }} /><span className="legend-label">{m.charts.p95}</span></li>
        </ul>
      </header>
      <svg className="load-plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary(points, unit, m.charts.byLoad)}>
        {marks.map(share => (
          <g key={share}>
            <path d={`M${edge.left} ${y(share, 1)}H${width - edge.right}`} stroke="var(--line)" />
            <text x={edge.left - 6} y={y(share, 1) + 4} textAnchor="end">{compact(most.rate * share)}</text>
            <text x={width - edge.right + 6} y={y(share, 1) + 4}>{axes.time(most.p95 * share)}</text>
            <text x={x(most.load * share)} y={height - edge.bottom + 15} textAnchor="middle">{compact(most.load * share)}</text>
          </g>
        ))}
        <text x={(width + edge.left - edge.right) / 2} y={height - 4} textAnchor="middle">{unit}</text>
        <polyline points={line(p => p.p95Ms, most.p95)} fill="none" stroke="var(--s-p95)" strokeWidth="1.6" strokeDasharray="6 3" />
        <polyline points={line(p => p.rate, most.rate)} fill="none" stroke="var(--s-throughput)" strokeWidth="1.8" />
        {points.map(p => (
          <circle key={p.load} cx={x(p.load)} cy={y(p.rate, most.rate)} r="3.5" fill="var(--s-throughput)"><title>{words(p, unit)}</title></circle>
        ))}
      </svg>
    </section>
  )
}

function words(p: LoadPoint, unit: string): string {
  return `${count(p.load)} ${unit}: ${rate(Number(p.rate.toPrecision(3)))}${thin}/s, p95 ${time(p.p95Ms)}`
}

function summary(points: readonly LoadPoint[], unit: string, title: string): string {
  return `${title}: ${words(points[0]!, unit)}; ${words(points.at(-1)!, unit)}`
}

/** The next number that four steps divide well. */
function roof(points: readonly LoadPoint[], value: (p: LoadPoint) => number): number {
  const largest = Math.max(1e-6, ...points.map(value))
  const power = 10 ** Math.floor(Math.log10(largest))
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map(factor => factor * power).find(top => top >= largest * 0.9999)!
}
