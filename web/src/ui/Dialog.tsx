import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useMessages } from '../i18n'
import { Icon } from './Icon'

/** The browser's own dialog: it keeps the focus inside and closes with Escape. */
export function Dialog({ title, open, onClose, children, wide = false }: {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  wide?: boolean
}) {
  const messages = useMessages()
  const box = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = box.current
    if (!dialog) return
    if (open && !dialog.open) {
      dialog.showModal()
      // Else the focus would be on the cross that closes it.
      dialog.querySelector<HTMLElement>('[data-focus], form input:not(:disabled)')?.focus()
    }
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    <dialog ref={box} className={wide ? 'dialog wide' : 'dialog'} aria-labelledby={heading} onClose={onClose}
      onMouseDown={event => { if (event.target === box.current) onClose() }}>
      {open && (
        <div className="dialog-body">
          <header className="dialog-head">
            <h2 id={heading}>{title}</h2>
            <button type="button" className="icon-button quiet" aria-label={messages.actions.close} title={messages.actions.close} onClick={onClose}>
              <Icon name="close" />
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  )
}
