/** The arrow keys bring back words that were said, the last ones first. Words being typed are left alone. */
export function recalling(field: HTMLInputElement, said: () => string[]): void {
  let back = 0
  let recalled = ''
  field.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (step === 0 || event.isComposing || (field.value !== '' && field.value !== recalled)) return
    if (field.value === '') back = 0
    const all = said()
    back = Math.max(0, Math.min(back + step, all.length))
    recalled = back === 0 ? '' : (all.at(-back) ?? '')
    field.value = recalled
    event.preventDefault()
  })
}
