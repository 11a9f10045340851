import type { RunView } from '../data/model'
import { time } from '../format/numbers'
import { clock } from '../format/time'
import { useMessages } from '../i18n'
import { CopyButton } from '../ui/controls'

const most = 5

/** The slowest requests whose traces the target has, to be looked up in its own tracing. Nothing where no trace context was sent. */
export function Traces({ view }: { view: RunView }) {
  const m = useMessages()
  if (view.traces.length === 0) return null
  return (
    <section className="panel" aria-label={m.traces.title}>
      <header className="panel-head"><h3>{m.traces.title}</h3><span className="panel-note">{m.traces.note}</span></header>
      <ol className="traces">
        {view.traces.slice(0, most).map(trace => (
          <li key={trace.traceId} title={`${trace.method} ${trace.name} · ${trace.status || '–'} · ${m.charts.at(clock(trace.second))}`}>
            <span className="trace-name"><span className="method">{trace.method}</span> {trace.name}</span>
            <span className="trace-time">{time(trace.responseMs)}</span>
            <span className="trace-at">{clock(trace.second)}</span>
            <code className="trace-id" title={trace.traceId}>{trace.traceId}</code>
            <CopyButton text={trace.traceId} />
          </li>
        ))}
      </ol>
    </section>
  )
}
