import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { client } from './data/client'
import type { Live } from './data/live'
import { hasRun, type RunView, viewOf } from './data/model'
import { useMessages } from './i18n'
import { Bar } from './shell/Bar'
import { Confirm, EditDialog, Login } from './shell/Dialogs'
import { isActive, stageOf } from './shell/figures'
import { HonestyStrip } from './shell/HonestyStrip'
import { StartForm } from './shell/StartForm'
import { type Tab, tabOf, Tabs, tabs } from './shell/Tabs'
import { useUrl, writeUrl } from './state/url'
import { setZoom } from './state/zoom'
import { Boundary } from './ui/Boundary'
import { Empty } from './ui/controls'
import { Dialog } from './ui/Dialog'
import { Icon, Mark } from './ui/Icon'
import { dateTime } from './format/time'
import { Charts } from './views/Charts'
import { Downloads } from './views/Downloads'
import { Exceptions } from './views/Exceptions'
import { Failures } from './views/Failures'
import { Findings } from './views/Findings'
import { History } from './views/History'
import { Logs } from './views/Logs'
import { Outputs } from './views/Outputs'
import { Overview } from './views/Overview'
import { Ratio } from './views/Ratio'
import { Statistics } from './views/Statistics'
import { Workers } from './views/Workers'

type Asking = 'start' | 'edit' | 'stop' | 'reset' | 'keys' | null

export function App({ live }: { live: Live }) {
  const m = useMessages()
  const state = useSyncExternalStore(live.subscribe, live.get)
  const [tabText] = useUrl('tab', 'overview')
  const [pastId, setPastId] = useUrl('run')
  const past = usePastRun(pastId)
  const [asking, setAsking] = useState<Asking>(null)
  const tab = tabOf(tabText)
  const { session } = state
  const stage = stageOf(session, state.view)
  const view = pastId ? past : state.view
  const active = isActive(stage)
  const chooseTab = useCallback((next: Tab) => writeUrl({ tab: next === 'overview' ? null : next, filter: null, endpoint: null, compare: null }, true), [])
  const close = () => setAsking(null)

  // Somebody else may have changed a scenario since.
  const ask = useCallback((what: Asking) => { if (what === 'edit') void live.refresh().catch(() => undefined); setAsking(what) }, [live])

  useKeys({ active, canChange: session?.canChange ?? false, ask, chooseTab })
  useEffect(() => {
    const host = view?.plan.host ?? session?.form.host ?? session?.loadTest.name
    document.title = `${m.state[stage]}${host ? ` · ${host.replace(/^https?:\/\//, '')}` : ''} · Onrush`
  }, [stage, session, view?.plan.host, m])
  // Another run begins: what was zoomed into is gone.
  useEffect(() => setZoom(null), [state.view?.run.startTime, pastId])

  if (state.needsLogin) return <LoginScreen live={live} />
  if (!session) return <div className="splash"><Mark /><p>{state.connection === 'lost' ? m.connection.lost : m.connection.connecting}</p></div>

  const started = () => { close(); setPastId(null); if (tab !== 'overview') chooseTab('overview'); void live.refresh().catch(() => undefined) }
  const actions = session.canChange && !pastId && (
    <>
      {active && <button type="button" className="button" onClick={() => setAsking('reset')} disabled={stage === 'stopping'}>{m.actions.reset}</button>}
      {active && <button type="button" className="button" title="e" onClick={() => ask('edit')} disabled={stage === 'stopping'}>{m.actions.edit}</button>}
      {active && <button type="button" className="button danger" title="s" onClick={() => setAsking('stop')} disabled={stage === 'stopping'}><Icon name="square" size={14} /> {m.actions.stop}</button>}
      {!active && hasRun(view) && <button type="button" className="button primary" onClick={() => setAsking('start')}><Icon name="play" size={14} /> {m.actions.startAgain}</button>}
    </>
  )
  return (
    <>
      <a className="skip" href="#panel">{m.skip}</a>
      <div className="top">
        <Bar session={pastId ? null : session} view={view} stage={pastId ? 'stopped' : stage} actions={actions} />
        {state.connection === 'lost' && <p className="offline" role="alert"><Icon name="warn" size={14} /> {m.connection.lost}</p>}
        <HonestyStrip view={view} stage={pastId ? 'stopped' : stage} />
        <Tabs view={view} chosen={tab} onChoose={chooseTab} />
      </div>
      {pastId && view && (
        <p className="note past">
          {m.history.viewing(view.run.startTime ? dateTime(view.run.startTime, m.code) : pastId)}
          <button type="button" className="button small" onClick={() => setPastId(null)}>{m.actions.back}</button>
        </p>
      )}
      <main id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={-1}>
        <Boundary key={`${tab} ${pastId}`}>
          {tab === 'overview' && !pastId && !active && !hasRun(view)
            ? <div className="start-screen"><div className="panel start-panel"><h1>{session.loadTest.name}</h1><StartForm session={session} onStarted={started} /></div></div>
            : <TabBody tab={tab} view={view} live={active && !pastId} logs={state.logs} phase={stage} />}
        </Boundary>
      </main>
      <Dialog title={m.start.title} open={asking === 'start'} onClose={close} wide><StartForm session={session} onStarted={started} /></Dialog>
      {hasRun(state.view) && <EditDialog open={asking === 'edit'} onClose={close} session={session} view={state.view} />}
      <Confirm open={asking === 'stop'} title={m.stop.title} text={m.stop.text} yes={m.stop.yes} danger onYes={() => client.stop()} onClose={close} />
      <Confirm open={asking === 'reset'} title={m.reset.title} text={m.reset.text} yes={m.reset.yes} onYes={() => client.reset()} onClose={close} />
      <Dialog title={m.keys.title} open={asking === 'keys'} onClose={close}>
        <dl className="keys">
          {([['s', m.keys.stop], ['e', m.keys.edit], ['/', m.keys.filter], ['1–9', m.keys.tabs], ['?', m.keys.help]] as const).map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
        </dl>
      </Dialog>
    </>
  )
}

function TabBody({ tab, view, live, logs, phase }: { tab: Tab; view: RunView | null; live: boolean; logs: number; phase: string }) {
  const m = useMessages()
  if (tab === 'logs') return <Logs newest={logs} />
  if (tab === 'history') return <History phase={phase} />
  if (tab === 'download') return <Downloads view={view} />
  if (!view) return <Empty title={m.connection.connecting} />
  if (tab === 'ratio') return <Ratio view={view} live={live} />
  if (tab === 'workers') return <Workers view={view} live={live} />
  if (!hasRun(view)) return <Empty title={live ? m.overview.waiting : m.table.none} />
  const Body = { overview: Overview, statistics: Statistics, charts: Charts, failures: Failures, exceptions: Exceptions, findings: Findings, outputs: Outputs }[tab]
  return <Body view={view} live={live} />
}

function LoginScreen({ live }: { live: Live }) {
  const [kind, setKind] = useState<'token' | 'password'>('token')
  useEffect(() => { client.loginKind().then(answer => { if (answer.kind === 'password') setKind('password') }).catch(() => undefined) }, [])
  return <div className="splash"><Mark /><Login kind={kind} onDone={() => void live.start()} /></div>
}

function usePastRun(id: string): RunView | null {
  const [loaded, setLoaded] = useState<RunView | null>(null)
  useEffect(() => {
    if (id === '') return
    let gone = false
    client.pastRun(id).then(answer => { if (!gone) setLoaded(viewOf(answer, id)) }).catch(() => { if (!gone) writeUrl({ run: null }) })
    return () => { gone = true }
  }, [id])
  return id !== '' && loaded?.id === id ? loaded : null
}

/** s stop, e edit, / filter, 1-9 tabs, ? this list; never while something is being typed or asked. */
function useKeys({ active, canChange, ask, chooseTab }: { active: boolean; canChange: boolean; ask: (what: Asking) => void; chooseTab: (tab: Tab) => void }) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, textarea, dialog[open]') || document.querySelector('dialog[open]')) return
      const number = Number(event.key)
      if (number >= 1 && number <= 9) chooseTab(tabs[number - 1]!)
      else if (event.key === 's' && active && canChange) ask('stop')
      else if (event.key === 'e' && active && canChange) ask('edit')
      else if (event.key === '?') ask('keys')
      else if (event.key === '/') document.querySelector<HTMLInputElement>('[data-filter]')?.focus()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [active, canChange, ask, chooseTab])
}
