import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useMessages } from '../i18n'
import { Icon, type IconName } from './Icon'

/** A few choices side by side, one of which holds. */
export function Segments<T extends string>({ label, value, options, onChoose }: {
  label: string
  value: T
  options: readonly { value: T; label: ReactNode; title?: string }[]
  onChoose: (value: T) => void
}) {
  const name = useId()
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{label}</legend>
      {options.map(option => (
        <label key={option.value} title={option.title} className={option.value === value ? 'chosen' : ''}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChoose(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}

/** A button that opens a small panel; Escape and a click elsewhere close it. */
export function Menu({ label, icon, text, children, align = 'right' }: {
  label: string
  icon?: IconName
  text?: string
  children: ReactNode
  align?: 'left' | 'right'
}) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: MouseEvent) => { if (!box.current?.contains(event.target as Node)) setOpen(false) }
    const escape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      box.current?.querySelector('button')?.focus()
    }
    addEventListener('mousedown', outside)
    addEventListener('keydown', escape)
    return () => {
      removeEventListener('mousedown', outside)
      removeEventListener('keydown', escape)
    }
  }, [open])
  return (
    <div className="menu" ref={box}>
      <button type="button" className={text ? 'button small' : 'icon-button'} aria-expanded={open} aria-label={text ? undefined : label} title={label} onClick={() => setOpen(!open)}>
        {icon && <Icon name={icon} />}
        {text}
        {text && <Icon name="down" size={12} />}
      </button>
      {open && <div className={`menu-panel ${align}`} role="group" aria-label={label}>{children}</div>}
    </div>
  )
}

/** Text to be typed elsewhere, with a button that copies it. */
export function Command({ text }: { text: string }) {
  return <span className="command"><code>{text}</code><CopyButton text={text} /></span>
}

export function CopyButton({ text }: { text: string }) {
  const messages = useMessages()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button type="button" className="icon-button quiet no-print" title={copied ? messages.actions.copied : messages.actions.copy} aria-label={messages.actions.copy}
      onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true)).catch(() => undefined)}>
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  )
}

/** What stands where there is nothing yet. */
export function Empty({ title, children, good = false }: { title: string; children?: ReactNode; good?: boolean }) {
  return (
    <div className="empty">
      {good && <span className="empty-good"><Icon name="check" size={20} /></span>}
      <p className="empty-title">{title}</p>
      {children && <div className="empty-text">{children}</div>}
    </div>
  )
}

/** The field that narrows a list; the key / goes to it. */
export function FilterField({ value, onChange, hint }: { value: string; onChange: (value: string | null) => void; hint: string }) {
  const messages = useMessages()
  return (
    <span className="filter-field">
      <Icon name="filter" size={14} />
      <input type="search" data-filter value={value} placeholder={hint} aria-label={hint} spellCheck={false}
        onChange={event => onChange(event.target.value)} onKeyDown={event => { if (event.key === 'Escape') { onChange(null); event.currentTarget.blur() } }} />
      {value !== '' && (
        <button type="button" className="icon-button quiet tiny" aria-label={messages.actions.clear} title={messages.actions.clear} onClick={() => onChange(null)}>
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  )
}
