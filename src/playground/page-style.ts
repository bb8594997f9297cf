export const style = `
:root {
  --ink: #1f2329; --soft: #646a73; --faint: #8f959e; --line: #e4e6ea; --ground: #f4f5f7; --paper: #fff; --accent: #3370ff; --accent-soft: #e8f0ff;
  --red: #d83931; --green: #2ea121; --orange: #de7802; --yellow: #b27a00; --grey: #8f959e; --blue: #245bdb; --purple: #7a35f0;
  --turquoise: #078372; --wathet: #0b75d6; --violet: #b92aa8; --indigo: #4954e6; --carmine: #d5297a;
  color-scheme: light;
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { font: 15px/1.55 -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "Segoe UI", sans-serif; color: var(--ink); background: var(--ground); }
button, input, select, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
[hidden] { display: none !important; }

#app { display: grid; grid-template: auto minmax(0, 1fr) / 272px minmax(0, 1fr); height: 100vh; height: 100dvh; }
#side { grid-row: 1 / 3; background: var(--paper); border-right: 1px solid var(--line); padding: 16px 12px; overflow-y: auto; }
#brand { display: flex; align-items: center; gap: 8px; padding: 0 6px 4px; }
#brand h1 { font-size: 16px; margin: 0; flex: 1; }
#offline { color: var(--faint); font-size: 12px; margin: 0; padding: 0 6px 8px; }
.group { color: var(--faint); font-size: 12px; margin: 14px 6px 6px; }
.list { display: flex; flex-direction: column; gap: 2px; }
.pick { display: flex; align-items: center; gap: 10px; width: 100%; border: 0; border-radius: 8px; background: none; padding: 7px 8px; text-align: left; }
.pick:hover { background: var(--ground); }
.pick[aria-pressed=true] { background: var(--accent-soft); color: var(--blue); font-weight: 600; }
.pick small { display: block; color: var(--faint); font-weight: 400; font-size: 12px; line-height: 1.3; }
.pick > span { min-width: 0; }
.pick > span > b { font-weight: inherit; display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; line-height: 1.35; }
#newcomer { display: flex; gap: 6px; padding: 6px; }
#newcomer input { flex: 1; min-width: 0; }
.face { flex: none; display: grid; place-items: center; width: 34px; height: 34px; border-radius: 50%; color: #fff; font-size: 14px; font-weight: 600; background: hsl(var(--hue, 220) 42% 50%); }
.face.bot { background: #c8382c; border-radius: 10px; }
.face.crowd { background: #7d8592; border-radius: 10px; }

#clock { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; padding: 8px 16px; background: #fbfbfc; border-bottom: 1px solid var(--line); font-size: 13px; color: var(--soft); }
#clock b { color: var(--ink); font-variant-numeric: tabular-nums; }
#clock .fill { flex: 1; }
.small { border: 1px solid var(--line); border-radius: 6px; background: var(--paper); padding: 3px 9px; font-size: 13px; white-space: nowrap; }
.small:hover { border-color: var(--accent); color: var(--accent); }
.kind { border-radius: 4px; padding: 1px 6px; background: var(--accent-soft); color: var(--blue); font-size: 12px; }
#jump { display: flex; gap: 6px; }
#jump input { padding: 2px 6px; font-size: 13px; }

#talk { display: flex; flex-direction: column; min-height: 0; }
#where { display: flex; align-items: center; gap: 10px; padding: 10px 16px; background: var(--paper); border-bottom: 1px solid var(--line); font-weight: 600; }
#where small { color: var(--faint); font-weight: 400; }
#where button { margin-left: auto; }
#stream { flex: 1; overflow-y: auto; padding: 16px; display: flex; flex-direction: column; gap: 14px; scroll-behavior: smooth; }
.day { align-self: center; color: var(--faint); font-size: 12px; }
.nothing { margin: auto; color: var(--faint); }
.message { display: flex; gap: 10px; max-width: min(640px, 100%); }
.message.mine { align-self: flex-end; flex-direction: row-reverse; }
.message > div { min-width: 0; }
.by { color: var(--faint); font-size: 12px; margin-bottom: 3px; }
.mine .by { text-align: right; }
.bubble { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; width: fit-content; }
.mine .bubble { background: #d9e7ff; border-color: #c9dcff; margin-left: auto; }
.hint { color: var(--faint); font-size: 12px; margin-top: 3px; }
.mine .hint { text-align: right; }
.mention { color: var(--accent); }

#say { display: flex; gap: 8px; padding: 10px 16px calc(10px + env(safe-area-inset-bottom)); background: var(--paper); border-top: 1px solid var(--line); }
#say input { flex: 1; min-width: 0; padding: 9px 12px; }
input, select, textarea { border: 1px solid #d0d3d9; border-radius: 6px; background: var(--paper); padding: 6px 10px; max-width: 100%; }
.main { border: 0; border-radius: 6px; background: var(--accent); color: #fff; padding: 8px 16px; white-space: nowrap; }

#toasts { position: fixed; top: 14px; left: 50%; translate: -50% 0; display: flex; flex-direction: column; gap: 8px; align-items: center; z-index: 5; width: max-content; max-width: 92vw; pointer-events: none; }
.toast { background: var(--paper); border-radius: 8px; box-shadow: 0 4px 18px #1f232933; padding: 10px 16px; border-left: 4px solid var(--accent); }
.toast.success { border-color: var(--green); } .toast.warning { border-color: var(--orange); } .toast.error { border-color: var(--red); }
dialog { border: 0; border-radius: 12px; padding: 20px; width: min(400px, 88vw); box-shadow: 0 12px 40px #0004; }
dialog::backdrop { background: #0006; }
dialog h2 { font-size: 17px; margin: 0 0 6px; }
dialog p { margin: 0; }
dialog menu { display: flex; justify-content: flex-end; gap: 8px; padding: 0; margin: 18px 0 0; }

.card { width: min(520px, calc(100vw - 76px)); background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; box-shadow: 0 1px 3px #1f23290d; }
.card > header { padding: 10px 14px; background: var(--tint, #e8f0ff); color: var(--tone, var(--ink)); display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; }
.card > header strong { font-size: 16px; line-height: 1.4; }
.card > header p { flex-basis: 100%; margin: 0; font-size: 13px; opacity: .85; }
.card > section { padding: 12px 14px; display: flex; flex-direction: column; gap: 10px; }
.compact { width: fit-content; max-width: min(400px, calc(100vw - 76px)); }
.blue { --tint: #dfeaff; --tone: #1c4cba } .wathet { --tint: #daf0fd; --tone: #04629c } .turquoise { --tint: #d5f6f2; --tone: #036b5e } .green { --tint: #d9f5d6; --tone: #1c6b13 }
.yellow { --tint: #fdf3c8; --tone: #795101 } .orange { --tint: #feead2; --tone: #8f4a00 } .red { --tint: #fde2e2; --tone: #ac2f28 } .carmine { --tint: #fddbec; --tone: #9e1e58 }
.violet { --tint: #f8def8; --tone: #8d1f80 } .purple { --tint: #ece2fe; --tone: #5a1fc0 } .indigo { --tint: #e0e2fa; --tone: #3039a8 } .grey, .neutral { --tint: #eceef1; --tone: #464d57 }
.default { --tint: #fff; --tone: var(--ink) } .lime { --tint: #eef6c6; --tone: #4f6601 }
.tag { font-size: 12px; border-radius: 4px; padding: 0 6px; background: #ffffffb8; background: color-mix(in srgb, var(--tint, #eceef1) 60%, #fff); color: var(--tone, inherit); white-space: nowrap; }
.text { overflow-wrap: anywhere; }
.text p { margin: 0; } .text ul, .text ol { margin: 2px 0; padding-left: 22px; } .text hr, .rule { border: 0; border-top: 1px solid var(--line); width: 100%; margin: 4px 0; }
.text a { color: var(--accent); }
.text code { background: var(--ground); border-radius: 4px; padding: 0 4px; }
.notation { font-size: 12.5px; line-height: 1.5; } .heading { font-size: 16px; font-weight: 600; } .heading-1, .heading-0 { font-size: 24px; } .heading-2 { font-size: 20px; } .heading-3 { font-size: 18px; line-height: 1.3; } .heading-4 { font-size: 16px; }
.columns { display: flex; gap: 8px; } .columns.flow { flex-wrap: wrap; }
.column { display: flex; flex-direction: column; gap: 6px; min-width: 0; }
.filled { background: #f5f6f8; border-radius: 8px; padding: 8px 6px; }
.form { display: flex; flex-direction: column; gap: 12px; }
.field { display: flex; flex-direction: column; gap: 4px; } .field > span { font-size: 13px; color: var(--soft); } .field.missing > :is(input, select, textarea, fieldset) { border-color: var(--red); }
.field i { color: var(--red); font-style: normal; }
.field > input, .field > select, .field > textarea { width: 100%; }
fieldset { border: 1px solid #d0d3d9; border-radius: 6px; padding: 6px 10px; margin: 0; display: flex; flex-wrap: wrap; gap: 4px 14px; max-height: 168px; overflow-y: auto; }
.press { border: 1px solid #d0d3d9; border-radius: 6px; background: var(--paper); padding: 5px 14px; min-height: 34px; width: fit-content; }
.press:hover:not(:disabled) { border-color: var(--accent); color: var(--accent); }
.press.primary { border-color: var(--accent); color: var(--accent); } .press.danger { border-color: var(--red); color: var(--red); }
.press.primary_filled, .press.laser { background: var(--accent); border-color: var(--accent); color: #fff; } .press.danger_filled { background: var(--red); border-color: var(--red); color: #fff; }
.press.primary_filled:hover:not(:disabled) { color: #fff; filter: brightness(1.08); }
.press.text, .press.primary_text, .press.danger_text { border-color: transparent; padding: 5px 6px; } .press.primary_text { color: var(--accent); } .press.danger_text { color: var(--red); }
.press:disabled { opacity: .5; cursor: default; }
.press.wide { width: 100%; }
details { border: 1px solid var(--line); border-radius: 6px; padding: 6px 10px; } details > div { display: flex; flex-direction: column; gap: 8px; padding-top: 8px; } summary { cursor: pointer; } summary > * { display: inline; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13.5px; } th, td { border-bottom: 1px solid var(--line); padding: 5px 8px; text-align: left; vertical-align: top; white-space: nowrap; } th { background: #f5f6f8; font-weight: 600; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
.people { display: flex; flex-wrap: wrap; gap: 6px 12px; } .person { display: inline-flex; align-items: center; gap: 6px; } .person .face { width: 22px; height: 22px; font-size: 11px; }
.stub { color: var(--faint); font-size: 13px; border: 1px dashed var(--line); border-radius: 6px; padding: 8px 10px; white-space: pre-wrap; }
.container { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; display: flex; flex-direction: column; gap: 6px; text-align: left; background: none; }

@media (max-width: 720px) {
  #app { grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr); }
  #side { grid-row: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 8px 10px 6px; overflow: visible; }
  #offline, .group, #newcomer { display: none; }
  #brand { padding: 0 2px 4px; }
  .list { flex-direction: row; overflow-x: auto; padding-bottom: 4px; scrollbar-width: none; }
  .pick { width: auto; flex: none; padding: 4px 10px 4px 5px; gap: 6px; border-radius: 18px; }
  .pick small { display: none; }
  #people .face { width: 26px; height: 26px; font-size: 12px; }
  #chats .face { display: none; } #chats .pick { border-radius: 6px; padding: 4px 10px; }
  #clock { padding: 6px 10px; gap: 6px; } #clock .fill { flex-basis: 100%; height: 0; }
  #where { display: none; } #where.acts { display: flex; padding: 8px 12px; } #where.acts > :not(button) { display: none; } #where.acts button { margin: 0 auto; }
  #stream { padding: 12px 10px; gap: 12px; } #say { padding: 8px 10px calc(8px + env(safe-area-inset-bottom)); }
  .message { gap: 8px; } .message > .face { width: 30px; height: 30px; font-size: 13px; }
  #say input, .card input, .card select, .card textarea { font-size: 16px; }
}
`
