import type { Threshold } from '../data/api'
import type { RunView } from '../data/model'
import { useMessages } from '../i18n'
import { Icon } from '../ui/Icon'

export function verdictOf(thresholds: readonly Threshold[]): 'passed' | 'failed' | 'none' {
  if (thresholds.length === 0) return 'none'
  return thresholds.some(t => t.passed === false) ? 'failed' : thresholds.every(t => t.passed === true) ? 'passed' : 'none'
}

/** Each rule with a mark and its value. */
export function Thresholds({ view }: { view: RunView }) {
  const m = useMessages()
  const { thresholds } = view
  const bad = thresholds.filter(t => t.passed === false).length
  const note = thresholds.length === 0 ? '' : bad > 0 ? m.thresholds.someFailed(bad, thresholds.length) : thresholds.every(t => t.passed) ? m.thresholds.allPassed(thresholds.length) : ''
  return (
    <section className="panel" aria-label={m.thresholds.title}>
      <header className="panel-head"><h3>{m.thresholds.title}</h3><span className={bad > 0 ? 'panel-note bad' : 'panel-note'}>{note}</span></header>
      {thresholds.length === 0 ? (
        <div className="panel-empty">{m.thresholds.none}<code className="example">.Threshold("http_req_duration", "p(95)&lt;500")</code></div>
      ) : (
        <ul className="thresholds">
          {thresholds.map(t => {
            const state = t.passed === null ? 'open' : t.passed ? 'passed' : 'failed'
            return (
              <li key={`${t.metric} ${t.expression}`} className={state}>
                <span className="threshold-mark" title={m.thresholds[state]}><Icon name={state === 'passed' ? 'check' : state === 'failed' ? 'cross' : 'info'} size={13} /><span className="visually-hidden">{m.thresholds[state]}</span></span>
                <span className="threshold-rule" title={t.metric}><span className="threshold-metric">{t.metric}</span> <span className="threshold-expression">{t.expression}</span></span>
                <span className="threshold-value">{t.text || '–'}</span>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
