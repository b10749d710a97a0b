package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/tui/ui"
)

// gate is the page that asks for an encrypted ledger's passphrase: before the ledger is
// opened, and over a screen that is locked. Nothing of the ledger stands on it.
type gate struct {
	app    *ui.App
	title  string
	above  []string // what it is about, a paragraph each
	below  string   // what the keys do beside
	help   []string
	hints  []ui.Hint
	try    func(passphrase string) tea.Cmd // begins to look whether it is the right one
	doing  string                          // what is said meanwhile
	busy   bool
	fault  string
	secret ui.Input
	at     int // the row of the box in the last View
	w, h   int
}

var _ ui.Screen = (*gate)(nil)

// fieldStyle shows how far the box reaches.
var fieldStyle = lipgloss.NewStyle().Underline(true)

// gateWidth is the room for a passphrase, in cells.
const gateWidth = 44

func newGate(app *ui.App) *gate {
	g := &gate{app: app, secret: *ui.NewInput(app.Styles)}
	g.secret.Secret = true
	return g
}

func (g *gate) Init() tea.Cmd    { return nil }
func (g *gate) Title() string    { return g.title }
func (g *gate) Unsaved() string  { return "" }
func (g *gate) Help() []string   { return g.help }
func (g *gate) SetSize(w, h int) { g.w, g.h = w, h }
func (g *gate) Hints() []ui.Hint {
	if g.busy {
		return nil
	}
	show := ui.Hint{Action: ui.ShowIDs, Label: "显示口令"}
	if !g.secret.Secret {
		show.Label = "遮住口令"
	}
	return append([]ui.Hint{{Action: ui.Open, Label: "确定"}, show}, g.hints...)
}

// fail says why it goes on no further; the box is empty again.
func (g *gate) fail(text string) {
	g.busy, g.fault = false, text
	g.secret.SetValue("")
	g.secret.Secret = true
}

func (g *gate) Update(msg tea.Msg) tea.Cmd {
	if g.busy {
		return nil
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return g.key(m)
	case tea.PasteMsg:
		g.fault = ""
		return g.secret.Update(m)
	case tea.MouseClickMsg:
		if m.Y == g.at {
			g.secret.CaretAt(m.X - gateLeft)
		}
	}
	return nil
}

func (g *gate) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Open), ui.Is(m, ui.Save):
		return g.enter()
	case ui.Is(m, ui.ShowIDs):
		g.secret.Secret = !g.secret.Secret
	case m.String() == "ctrl+u":
		g.secret.Clear()
	default:
		if g.secret.Edit(m) {
			g.fault = ""
		}
	}
	return nil
}

func (g *gate) enter() tea.Cmd {
	typed := g.secret.Value()
	if typed == "" {
		g.fault = "请先打口令"
		return nil
	}
	g.busy, g.fault = true, ""
	return g.try(typed)
}

// gateLeft is the column of the box.
const gateLeft = 10

func (g *gate) View() (string, *tea.Cursor) {
	st := g.app.Styles
	lines := []string{"", "    " + st.Title.Render(g.title), ""}
	for _, p := range g.above {
		for _, l := range ui.Wrap(p, max(g.w-8, 20)) {
			lines = append(lines, "    "+l)
		}
	}
	lines = append(lines, "")
	g.at = len(lines)
	g.secret.SetWidth(min(gateWidth, max(g.w-gateLeft-4, 10)))
	text, cursor := g.secret.View()
	lines = append(lines, "    "+st.Label.Render("口令")+"  "+fieldStyle.Render(text))
	cursor.X, cursor.Y = cursor.X+gateLeft, g.at
	lines = append(lines, "")
	switch {
	case g.busy:
		lines, cursor = append(lines, "    "+g.doing), nil
	case g.fault != "":
		for _, l := range ui.Wrap(g.fault, max(g.w-8, 20)) {
			lines = append(lines, "    "+st.Fault.Render(l))
		}
	default:
		lines = append(lines, "    "+st.Muted.Render("打好按回车;打的字显示成 *,可以用汉字。"))
	}
	if g.below != "" {
		lines = append(lines, "")
		for _, l := range ui.Wrap(g.below, max(g.w-8, 20)) {
			lines = append(lines, "    "+st.Muted.Render(l))
		}
	}
	return strings.Join(lines, "\n"), cursor
}

// reveals shows passphrases that are being typed, or hides them.
func reveals(s ui.Screen) bool {
	r, ok := s.(ui.Revealer)
	return ok && r.Reveal()
}
