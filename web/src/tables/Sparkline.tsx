import { memo } from 'react'

const width = 72
const height = 18

/** The last minute of a series without axes; its words are in the cells beside it. */
export const Sparkline = memo(function Sparkline({ values }: { values: readonly number[] }) {
  const points = values.slice(-60)
  let most = 0
  for (const value of points) if (value > most) most = value
  if (points.length < 2 || most === 0) return <svg className="spark" width={width} height={height} aria-hidden="true" />
  const step = width / 59
  const start = width - (points.length - 1) * step
  let path = ''
  points.forEach((value, i) => {
    path += `${i === 0 ? 'M' : 'L'}${(start + i * step).toFixed(1)} ${(height - 1.5 - (value / most) * (height - 3)).toFixed(1)}`
  })
  return (
    <svg className="spark" width={width} height={height} aria-hidden="true">
      <path d={path} fill="none" stroke="var(--s-throughput)" strokeWidth="1.200" strokeLinejoin="round" />
    </svg>
  )
})
