import { type FormEvent, useState } from 'react'
import type { ScenarioForm, Session } from '../data/api'
import { ApiError, type ChangeRequest, client } from '../data/client'
import type { RunView } from '../data/model'
import { span } from '../format/numbers'
import { useMessages, useSpeech } from '../i18n'
import { executorName } from '../i18n/names'
import type { Messages } from '../i18n/en'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { Field } from './StartForm'

/** Users and ramp of a running test, and the rates of its scenarios. */
export function EditDialog({ open, onClose, session, view }: { open: boolean; onClose: () => void; session: Session; view: RunView }) {
  const m = useMessages()
  return <Dialog title={m.edit.title} open={open} onClose={onClose}><EditBody session={session} view={view} onClose={onClose} /></Dialog>
}

function EditBody({ session, view, onClose }: { session: Session; view: RunView; onClose: () => void }) {
  const { messages: m, language } = useSpeech()
  const [users, setUsers] = useState(String(view.run.targetUsers))
  const [rate, setRate] = useState(String(view.run.spawnRate || 1))
  const [scenarios, setScenarios] = useState<Record<string, string>>({})
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const [refusal, setRefusal] = useState('')
  const changeable = session.form.scenarios.filter(s => s.rate != null || s.users != null)
  const plain = session.form.scenarios.length === 0
  const standing = (s: ScenarioForm) => String(s.rate ?? s.users)
  const changed = changeable.filter(s => scenarios[s.name] !== undefined && scenarios[s.name] !== standing(s))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found: Record<string, string> = {}
    if (plain) {
      if (!/^\d+$/.test(users.trim())) found['users'] = m.errors.usersNumber
      else if (Number(users) < 1) found['users'] = m.errors.usersAbove
      if (!(Number(rate) > 0)) found['spawnRate'] = m.errors.rateAbove
    }
    for (const s of changed) {
      const text = scenarios[s.name]!.trim()
      if (s.rate != null && !(Number(text) > 0)) found[s.name] = m.errors.scenarioNumber
      else if (s.rate == null && !/^\d+$/.test(text)) found[s.name] = m.errors.scenarioUsers
    }
    setErrors(found)
    setRefusal('')
    if (Object.keys(found).length > 0) return
    let asking = ''
    try {
      const requests: ChangeRequest[] = plain ? [{ users: Number(users), spawnRate: Number(rate) }] : []
      for (const s of changed) {
        const value = Number(scenarios[s.name])
        requests.push({ scenario: { name: s.name, ...(s.rate != null ? { rate: value } : { users: value }) } })
      }
      for (const request of requests) {
        asking = request.scenario?.name ?? ''
        await client.change(request)
      }
      onClose()
    } catch (error) {
      const refused = error instanceof ApiError ? error : null
      const { scenario, ...fields } = refused?.fields ?? {}
      setErrors(scenario ? { ...fields, [asking]: scenario } : fields)
      setRefusal(refused && refused.status > 0 ? (Object.keys(refused.fields).length > 0 ? '' : refused.message) : m.errors.unreachable)
    }
  }

  return (
    <form onSubmit={event => void submit(event)} noValidate>
      {plain && (
        <div className="start-row two">
          <Field label={m.edit.users} error={errors['users']}>
            {p => <input {...p} className="big number" inputMode="numeric" value={users} autoFocus onChange={e => setUsers(e.target.value)} onFocus={e => e.target.select()} />}
          </Field>
          <Field label={m.edit.rate} error={errors['spawnRate']}>
            {p => <input {...p} className="big number" inputMode="decimal" value={rate} onChange={e => setRate(e.target.value)} onFocus={e => e.target.select()} />}
          </Field>
        </div>
      )}
      {changeable.map(s => (
        <Field key={s.name} label={`${s.name} (${s.rate != null ? perUnit(s, m) : m.edit.scenarioUsers})`} hint={`${s.userClass} · ${executorName(s.executor, language)}`} error={errors[s.name]}>
          {p => <input {...p} className="number" inputMode="decimal" value={scenarios[s.name] ?? standing(s)} onFocus={e => e.target.select()} onChange={e => setScenarios({ ...scenarios, [s.name]: e.target.value })} />}
        </Field>
      ))}
      {!plain && changeable.length === 0 && <p>{m.edit.nothing}</p>}
      {refusal && <p className="refusal" role="alert"><Icon name="cross" size={14} /> {refusal}</p>}
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{m.actions.cancel}</button>
        <button type="submit" disabled={!plain && changeable.length === 0} className="button primary">{m.actions.apply}</button>
      </footer>
    </form>
  )
}

function perUnit(s: ScenarioForm, m: Messages): string {
  const seconds = s.timeUnitSeconds ?? 1
  return seconds === 1 ? m.edit.scenarioRate : m.edit.scenarioRatePer(span(seconds, m.units))
}

/** Asks before something that cannot be taken back. */
export function Confirm({ open, title, text, yes, danger = false, onYes, onClose }: {
  open: boolean
  title: string
  text: string
  yes: string
  danger?: boolean
  onYes: () => Promise<unknown>
  onClose: () => void
}) {
  const m = useMessages()
  const [refusal, setRefusal] = useState('')
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <p>{text}</p>
      {refusal && <p className="refusal" role="alert">{refusal}</p>}
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{m.actions.cancel}</button>
        <button type="button" data-focus className={danger ? 'button danger' : 'button primary'}
          onClick={() => void onYes().then(() => { setRefusal(''); onClose() }).catch((error: unknown) => setRefusal(error instanceof ApiError && error.status > 0 ? error.message : m.errors.unreachable))}>
          {yes}
        </button>
      </footer>
    </Dialog>
  )
}

/** Shown when the server asks who is there. */
export function Login({ kind, onDone }: { kind: 'token' | 'password'; onDone: () => void }) {
  const m = useMessages()
  const [user, setUser] = useState('')
  const [secret, setSecret] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    client.login(kind === 'token' ? { token: secret } : { user, password: secret })
      .then(onDone)
      .catch((refused: unknown) => setError(refused instanceof ApiError && refused.status > 0 && refused.status !== 401 ? refused.message : refused instanceof ApiError && refused.status === 0 ? m.errors.unreachable : m.login.wrong))
  }
  return (
    <form className="login panel" onSubmit={submit} aria-label={m.login.title}>
      <h1>{m.login.title}</h1>
      {kind === 'password' && <Field label={m.login.user}>{p => <input {...p} autoComplete="username" value={user} autoFocus onChange={e => setUser(e.target.value)} />}</Field>}
      <Field label={kind === 'token' ? m.login.token : m.login.password} hint={kind === 'token' ? m.login.hint : ''} error={error}>
        {p => <input {...p} type="password" autoComplete="current-password" value={secret} autoFocus={kind === 'token'} onChange={e => setSecret(e.target.value)} />}
      </Field>
      <button type="submit" className="button primary large">{m.actions.login}</button>
    </form>
  )
}
