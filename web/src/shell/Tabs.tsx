import { type KeyboardEvent, useEffect, useRef } from 'react'
import { outputsOf, type RunView } from '../data/model'
import { compact } from '../format/numbers'
import { useMessages } from '../i18n'

export const tabs = ['overview', 'statistics', 'charts', 'failures', 'exceptions', 'ratio', 'workers', 'logs', 'findings', 'outputs', 'history', 'download'] as const
export type Tab = (typeof tabs)[number]

export function tabOf(text: string): Tab {
  return (tabs as readonly string[]).includes(text) ? (text as Tab) : 'overview'
}

export function Tabs({ view, chosen, onChoose, counts }: { view: RunView | null; chosen: Tab; onChoose: (tab: Tab) => void; counts?: Partial<Record<Tab, number>> }) {
  const m = useMessages()
  const list = useRef<HTMLDivElement>(null)
  const outputs = view ? outputsOf(view.run) : []
  const badges: Partial<Record<Tab, number>> = {
    failures: view?.run.failures.length ?? 0,
    exceptions: view?.run.exceptions.length ?? 0,
    findings: view?.findings.filter(finding => finding.severity !== 'info').length ?? 0,
    outputs: outputs.filter(output => output.dropped + output.uncertain > 0).length,
    ...counts,
  }
  // Numbers that appear beside a word move the tabs after it.
  const widths = Object.values(badges).join()
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected=true]')
    if (tab && list.current) list.current.scrollLeft = tab.offsetLeft - list.current.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2
  }, [chosen, widths, m])
  const shown = tabs.filter(tab => tab !== 'outputs' || chosen === 'outputs' || outputs.length > 0)
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = shown[(shown.indexOf(chosen) + step + shown.length) % shown.length]!
    onChoose(next)
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
  }
  return (
    <div className="tabs no-print" role="tablist" ref={list} onKeyDown={move}>
      {shown.map((tab, i) => {
        const badge = badges[tab] ?? 0
        return (
          <button key={tab} id={`tab-${tab}`} type="button" role="tab" aria-selected={tab === chosen} aria-controls="panel" tabIndex={tab === chosen ? 0 : -1}
            title={i < 9 ? `${m.tabs[tab]} (${i + 1})` : m.tabs[tab]} onClick={() => onChoose(tab)}>
            {m.tabs[tab]}
            {badge > 0 && <span className={`badge ${tab === 'findings' || tab === 'outputs' ? 'doubt' : 'fail'}`}>{compact(badge)}</span>}
          </button>
        )
      })}
    </div>
  )
}
