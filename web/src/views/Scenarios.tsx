import { Fragment } from 'react'
import type { ScenarioPhase, ScenarioState } from '../data/api'
import type { RunView } from '../data/model'
import { count, rate, wholePercent } from '../format/numbers'
import { useMessages, useSpeech } from '../i18n'
import { executorName } from '../i18n/names'

const shapes: Record<ScenarioPhase, string> = { waiting: '○', running: '●', stopping: '◑', over: '■' }

/** How each scenario of the load test stands. Nothing where there is only the one that users and ramp up make. */
export function Scenarios({ view }: { view: RunView }) {
  const m = useMessages()
  const { scenarios } = view
  if (scenarios.length === 0 || (scenarios.length === 1 && scenarios[0]!.name === 'default')) return null
  return (
    <section className="panel" aria-label={m.scenarios.title}>
      <header className="panel-head"><h3>{m.scenarios.title}</h3></header>
      <ul className="scenarios">{scenarios.map(scenario => <Row key={scenario.name} scenario={scenario} />)}</ul>
    </section>
  )
}

function Row({ scenario }: { scenario: ScenarioState }) {
  const { messages: m, language } = useSpeech()
  const t = m.scenarios
  const { progress } = scenario
  const words = [
    t.users(scenario.users, count(scenario.users)),
    scenario.iterationsTotal === null ? t.iterations(scenario.iterations, count(scenario.iterations)) : t.of(count(scenario.iterations), count(scenario.iterationsTotal)),
    ...(scenario.offeredPerSecond > 0 && scenario.phase === 'running' ? [t.rates(rate(scenario.offeredPerSecond), rate(scenario.achievedPerSecond))] : []),
  ]
  return (
    <li className={`scenario ${scenario.phase}`}>
      <span className="scenario-shape" title={t.phase[scenario.phase]}><span aria-hidden="true">{shapes[scenario.phase]}</span><span className="visually-hidden">{t.phase[scenario.phase]}</span></span>
      <span className="scenario-name" title={`${scenario.name} · ${scenario.executor}`}><strong>{scenario.name}</strong> <span className="muted">{executorName(scenario.executor, language)}</span>{scenario.warmUp && <span className="tag">{t.warmUp}</span>}</span>
      <span className="scenario-share">{progress === null ? '' : wholePercent(Math.floor(progress * 100))}</span>
      <span className="scenario-words">
        {words.map((word, i) => <Fragment key={i}>{i > 0 && ' · '}<span>{word}</span></Fragment>)}
        {scenario.waiting > 0 && <> · <span className="scenario-doubt">{t.late(count(scenario.waiting))}</span></>}
        {scenario.dropped > 0 && <> · <span className="bad">{t.dropped(count(scenario.dropped))}</span></>}
      </span>
      {progress !== null && <span className="scenario-bar" aria-hidden="true"><span style={{ transform: `scaleX(${progress})` }} /></span>}
    </li>
  )
}
