import { useEffect, useMemo, useRef, useState } from 'react'
import type { LogLine } from '../data/api'
import { client } from '../data/client'
import { dateTime, timeOfDay } from '../format/time'
import { useSpeech } from '../i18n'
import { useUrl } from '../state/url'
import { Empty, FilterField } from '../ui/controls'

export const mostLines = 1000
/** What this process says of itself needs no name. */
const ownSources: ReadonlySet<string> = new Set(['local', 'master'])

/** New lines after those that are held; the oldest go when there are too many. */
export function withLines(held: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const last = held.at(-1)?.number ?? -1
  const fresh = more.filter(line => line.number === undefined || line.number > last)
  return fresh.length === 0 ? held : [...held, ...fresh].slice(-mostLines)
}

export function Logs({ newest }: { newest: number }) {
  const { messages: m, language } = useSpeech()
  const [lines, setLines] = useState<readonly LogLine[]>([])
  const [filter, setFilter] = useUrl('filter')
  const [follow, setFollow] = useState(true)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let gone = false
    client.logs(lines.at(-1)?.number ?? 0).then(answer => { if (!gone) setLines(held => withLines(held, answer.lines)) }).catch(() => undefined)
    return () => { gone = true }
    // Asked once, and whenever the stream says that there are new lines.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [newest])
  const shown = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return lines.filter(line => words.every(word => `${line.level} ${line.source} ${line.text}`.toLowerCase().includes(word)))
  }, [lines, filter])
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [shown, follow])
  return (
    <div className="logs">
      <div className="toolbar">
        <FilterField value={filter} onChange={setFilter} hint={m.logs.filterHint} />
        <label className="check"><input type="checkbox" checked={follow} onChange={event => setFollow(event.target.checked)} /> {m.logs.follow}</label>
        {lines.length >= mostLines && <span className="hint">{m.logs.dropped(String(mostLines))}</span>}
      </div>
      {lines.length === 0 ? <Empty title={m.logs.none} /> : (
        <div className="log-box" ref={box} role="log" tabIndex={0} aria-label={m.tabs.logs}
          onScroll={event => { const e = event.currentTarget; setFollow(e.scrollHeight - e.scrollTop - e.clientHeight < 24) }}>
          {shown.map((line, i) => (
            <div key={line.number ?? i} className={`log-line ${line.level.toLowerCase()}`}>
              <time dateTime={line.at} title={dateTime(line.at, language)}>{timeOfDay(line.at)}</time>
              <span className="log-level">{line.level}</span>
              <span className="log-text">{line.source && !ownSources.has(line.source) ? <span className="muted">{line.source} </span> : null}{line.text}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
