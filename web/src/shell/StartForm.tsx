import { type FormEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { OptionForm, OptionValue, Session, StartForm as Form } from '../data/api'
import { ApiError, client, type StartRequest } from '../data/client'
import { count, span as inWords, thin, three } from '../format/numbers'
import { parseSpan } from '../format/time'
import { useMessages, useSpeech } from '../i18n'
import { executorName } from '../i18n/names'
import { Icon } from '../ui/Icon'
import { checkStart, decidesItself, expectedRate, type FieldErrors, firstValues, type StartValues, toRequest } from './startRules'

const blank = '\u00a0'
let lastRequest: StartRequest | null = null

/** Three fields that matter, the rest under "More", and a line that says what will happen. Enter starts. */
export function StartForm({ session, onStarted }: { session: Session; onStarted: () => void }) {
  const m = useMessages()
  const form = session.form
  const [values, setValues] = useState<StartValues>(() => firstValues(form, lastRequest))
  const [errors, setErrors] = useState<FieldErrors>({})
  const [refusal, setRefusal] = useState('')
  const [busy, setBusy] = useState(false)
  const [more, setMore] = useState(() => form.options.some(o => o.required) || Boolean(form.shape) || form.scenarios.length > 0)
  const box = useRef<HTMLFormElement>(null)
  const itself = decidesItself(form, values)
  const change = (part: Partial<StartValues>) => {
    const next = { ...values, ...part }
    setValues(next)
    // Once a field was refused it is judged while it is being mended.
    if (Object.keys(errors).length > 0) setErrors(checkStart(form, next, m))
  }
  useEffect(() => {
    const first = Object.keys(errors)[0]
    if (first && busy === false) box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.scrollIntoView({ block: 'nearest' })
  }, [errors, busy])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = checkStart(form, values, m)
    setErrors(found)
    setRefusal('')
    if (Object.keys(found).length > 0) {
      if (Object.keys(found).some(key => !['users', 'spawnRate', 'host'].includes(key))) setMore(true)
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
      return
    }
    setBusy(true)
    try {
      const request = toRequest(form, values)
      await client.start(request)
      lastRequest = request
      onStarted()
    } catch (error) {
      const refused = error instanceof ApiError ? error : null
      setErrors(refused?.fields ?? {})
      if (refused && Object.keys(refused.fields).some(key => !['users', 'spawnRate', 'host'].includes(key))) setMore(true)
      setRefusal(refused && refused.status > 0 ? (Object.keys(refused.fields).length > 0 ? '' : refused.message) : m.errors.unreachable)
    } finally {
      setBusy(false)
    }
  }

  const sentence = will(form, values, m)
  const hidden = form.options.length + (form.shapes.length > 0 ? 1 : 0) + form.userClasses.length
  return (
    <form className="start-form" onSubmit={event => void submit(event)} noValidate ref={box} aria-label={m.start.title}>
      <div className="start-main">
        <Field label={m.start.users} hint={m.start.usersHint} error={errors['users']}>
          {p => <input {...p} className="big number" inputMode="numeric" value={values.users} disabled={itself} autoFocus
            onChange={e => change({ users: e.target.value })} />}
        </Field>
        <Field label={m.start.rate} hint={m.start.rateHint} error={errors['spawnRate']}>
          {p => <input {...p} className="big number" inputMode="decimal" value={values.spawnRate} disabled={itself} onChange={e => change({ spawnRate: e.target.value })} />}
        </Field>
        <Field label={m.start.host} hint={m.start.hostHint} error={errors['host']} wide>
          {p => <input {...p} className="big" type="url" inputMode="url" spellCheck={false} autoComplete="off" placeholder="http://127.0.0.1:8080" value={values.host}
            onChange={e => change({ host: e.target.value })} />}
        </Field>
      </div>

      <button type="button" className="more-toggle" aria-expanded={more} onClick={() => setMore(!more)}>
        <Icon name={more ? 'down' : 'right'} size={12} /> {more ? m.actions.less : m.actions.more}
        {!more && <span className="more-what">{[m.start.runTime, ...(hidden > 0 ? [m.start.classes] : []), ...(form.options.length ? [m.start.options] : [])].join(' · ')}</span>}
      </button>
      {more && (
        <div className="start-more">
          <div className="start-row">
            <Field label={m.start.runTime} hint={m.start.runTimeHint} error={errors['runTime']}>
              {p => <input {...p} value={values.runTime} onChange={e => change({ runTime: e.target.value })} />}
            </Field>
            {form.targets.length > 0 && (
              <Field label={m.start.target}>
                {p => (
                  <select {...p} value={values.target} onChange={e => change({ target: e.target.value, host: form.targets.find(t => t.name === e.target.value)?.host ?? values.host })}>
                    <option value="">–</option>
                    {form.targets.map(t => <option key={t.name} value={t.name}>{t.name}</option>)}
                  </select>
                )}
              </Field>
            )}
            {form.shapes.length > 0 && (
              <Field label={m.start.shape} hint={values.shape ? m.start.shapeHint : ''} error={errors['shape']}>
                {p => (
                  <select {...p} value={values.shape} onChange={e => change({ shape: e.target.value })}>
                    <option value="">{m.start.noShape}</option>
                    {form.shapes.map(shape => <option key={shape}>{shape}</option>)}
                  </select>
                )}
              </Field>
            )}
          </div>
          {form.scenarios.length > 0 && <Scenarios form={form} />}
          {form.userClasses.length > 0 && form.scenarios.length === 0 && <Classes values={values} form={form} errors={errors} change={change} />}
          {form.options.length > 0 && (
            <fieldset className="start-group">
              <legend>{m.start.options}</legend>
              <div className="start-row">
                {form.options.map(option => (
                  <Option key={option.name} option={option} value={values.options[option.name] ?? null} error={errors[`option:${option.name}`]}
                    onChange={value => change({ options: { ...values.options, [option.name]: value } })} />
                ))}
              </div>
            </fieldset>
          )}
        </div>
      )}

      <p className={sentence === blank ? 'will blank' : 'will'} aria-live="polite">{sentence}</p>
      {refusal && <p className="refusal" role="alert"><Icon name="cross" size={14} /> {refusal}</p>}
      {!refusal && session.error && <p className="refusal"><Icon name="cross" size={14} /> {session.error}</p>}
      <div className="start-go">
        <button type="submit" className="button primary large" disabled={busy || !session.canChange}>
          <Icon name="play" /> {busy ? m.start.busy : m.actions.start}
        </button>
        {!session.canChange && <span className="hint">{m.start.notAllowed}</span>}
      </div>
    </form>
  )
}

/** "1,000 users in 5 s, about 400 requests/s at 2.5 s each, until you stop it." Nothing while the fields make no sense. */
function will(form: Form, values: StartValues, m: ReturnType<typeof useMessages>): ReactNode {
  const users = Number(values.users)
  const rate = Number(values.spawnRate)
  const span = parseSpan(values.runTime)
  const end = span ? m.start.until(inWords(span, m.units)) : m.start.untilStopped
  if (decidesItself(form, values)) return `${m.start.itself}, ${span ? m.start.atMost(inWords(span, m.units)) : m.start.untilOver}.`
  if (!(users > 0) || !(rate > 0)) return blank
  const ramp = users / rate
  const parts = [m.start.will(m.start.usersOf(users, count(users)), ramp < 1 ? m.start.atOnce : inWords(ramp, m.units))]
  const expected = expectedRate(form, values)
  if (expected) parts.push(m.start.about(three(expected.rate), inWords(expected.waitSeconds, m.units)))
  return `${[...parts, end].join(', ')}.`
}

interface FieldProps { id: string; 'aria-invalid': boolean; 'aria-describedby': string }

export function Field({ label, hint = '', error, wide = false, children }: {
  label: string
  hint?: string
  error?: string | undefined
  wide?: boolean
  children: (props: FieldProps) => ReactNode
}) {
  const id = useId()
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': error !== undefined, 'aria-describedby': `${id}-hint` })}
      <p id={`${id}-hint`} className={error ? 'field-error' : 'hint'}>{error ? <><Icon name="cross" size={11} /> {error}</> : hint}</p>
    </div>
  )
}

function Scenarios({ form }: { form: Form }) {
  const { messages: m, language } = useSpeech()
  return (
    <fieldset className="start-group">
      <legend>{m.start.scenarios}</legend>
      <p className="hint">{m.start.scenariosHint}</p>
      <ul className="plain-list">
        {form.scenarios.map(s => <li key={s.name}><strong>{s.name}</strong> <span className="muted">{s.userClass} · {executorName(s.executor, language)}</span> <span>{s.text}</span></li>)}
      </ul>
    </fieldset>
  )
}

function Classes({ values, form, errors, change }: { values: StartValues; form: Form; errors: FieldErrors; change: (part: Partial<StartValues>) => void }) {
  const m = useMessages()
  const set = (name: string, part: Partial<StartValues['classes'][number]>) =>
    change({ classes: values.classes.map(c => (c.name === name ? { ...c, ...part } : c)) })
  const total = useMemo(() => values.classes.filter(c => c.run && c.fixed === '').reduce((sum, c) => sum + (Number(c.weight) || 0), 0), [values.classes])
  return (
    <fieldset className="start-group">
      <legend>{m.start.classes}</legend>
      <p className={errors['userClasses'] ? 'field-error' : 'hint'}>{errors['userClasses'] ?? m.start.classesHint}</p>
      <div className="classes">
        {values.classes.map(c => {
          const declared = form.userClasses.find(d => d.name === c.name)
          const share = c.run && c.fixed === '' && total > 0 ? Number(c.weight) / total : null
          return (
            <div key={c.name} className={c.run ? 'class-row' : 'class-row off'}>
              <label className="check"><input type="checkbox" checked={c.run} onChange={e => set(c.name, { run: e.target.checked })} /> <span>{c.name}</span></label>
              <span className="class-tasks" title={declared?.tasks.join(', ')}>{declared?.tasks.join(', ')}</span>
              <label className="small-field">{m.start.weight}
                <input className="number" value={c.weight} disabled={!c.run} inputMode="numeric" aria-invalid={errors[`weight:${c.name}`] !== undefined}
                  title={errors[`weight:${c.name}`]} onChange={e => set(c.name, { weight: e.target.value })} />
              </label>
              <label className="small-field">{m.start.fixed}
                <input className="number" value={c.fixed} disabled={!c.run} inputMode="numeric" placeholder="–" aria-invalid={errors[`fixed:${c.name}`] !== undefined}
                  title={errors[`fixed:${c.name}`]} onChange={e => set(c.name, { fixed: e.target.value })} />
              </label>
              <span className="class-share">{share === null ? '' : `${Math.round(share * 100)}${thin}%`}</span>
              {(errors[`weight:${c.name}`] ?? errors[`fixed:${c.name}`]) && <p className="field-error">{errors[`weight:${c.name}`] ?? errors[`fixed:${c.name}`]}</p>}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

function Option({ option, value, error, onChange }: { option: OptionForm; value: OptionValue; error: string | undefined; onChange: (value: OptionValue) => void }) {
  const m = useMessages()
  const hint = [option.help ?? '', option.required ? m.start.required : ''].filter(Boolean).join(' · ')
  if (option.kind === 'flag')
    return (
      <div className="field">
        <label className="check"><input type="checkbox" checked={value === true} onChange={e => onChange(e.target.checked)} /> {option.label}</label>
        <p className={error ? 'field-error' : 'hint'}>{error ?? hint}</p>
      </div>
    )
  return (
    <Field label={option.label} hint={hint} error={error}>
      {p =>
        option.kind === 'choice' ? (
          <select {...p} value={String(value ?? '')} onChange={e => onChange(e.target.value)}>
            {value === null && <option value="">{m.start.choose1}</option>}
            {option.choices.map(choice => <option key={choice}>{choice}</option>)}
          </select>
        ) : option.kind === 'choices' ? (
          <select {...p} multiple size={Math.min(5, option.choices.length)} value={Array.isArray(value) ? value : []}
            onChange={e => onChange([...e.target.selectedOptions].map(o => o.value))}>
            {option.choices.map(choice => <option key={choice}>{choice}</option>)}
          </select>
        ) : (
          <input {...p} type={option.kind === 'secret' ? 'password' : 'text'} autoComplete="off" className={option.kind === 'number' || option.kind === 'integer' ? 'number' : ''}
            inputMode={option.kind === 'integer' ? 'numeric' : option.kind === 'number' ? 'decimal' : 'text'}
            value={Array.isArray(value) ? value.join(', ') : String(value ?? '')} onChange={e => onChange(e.target.value)} />
        )
      }
    </Field>
  )
}
