package county

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/store/paper/page"
	"taizhang/tui/ui"
)

// begin takes a stick in, with the key where it is open already.
func (s *Receive) begin(path string) tea.Cmd {
	if s.app.Ledger.ReadOnly() {
		s.fault = "台账是只读打开的,不能收报;请关掉别的窗口,重新打开程序"
		return nil
	}
	s.path = path
	if s.app.Key.Open != nil {
		return s.take()
	}
	return s.openKey("")
}

func (s *Receive) openKey(passphrase string) tea.Cmd {
	s.step = stepOpening
	path, drives := s.app.Key.Path, s.found
	return func() tea.Msg {
		key, err := openKey(s.app.Ctx, s.app.Ledger, path, passphrase, drives)
		return keyOpened{key, err}
	}
}

func (s *Receive) opened(m keyOpened) tea.Cmd {
	if s.keyAsked && m.err != nil && !errors.Is(m.err, errLocked) {
		s.app.Key.Path, s.keyAsked = "", false // not the file chosen: it is looked for anew
	}
	switch {
	case errors.Is(m.err, errLocked):
		s.step = stepSecret
		return nil
	case m.err != nil && s.secret != "":
		s.step, s.secret = stepSecret, ""
		return s.complain(m.err)
	case keyMissing(m.err):
		s.step = stepChoose
		return s.askKey(m.err)
	case m.err != nil:
		s.step = stepChoose
		return s.complain(m.err)
	}
	s.app.Key.Open, s.secret = m.key, ""
	return s.take()
}

// take begins to take the stick's bundles in.
func (s *Receive) take() tea.Cmd {
	ctx, stop := context.WithCancel(s.app.Ctx)
	p := &receiving{steps: make(chan receiveProgress, 64), stop: stop}
	s.step, s.progress, s.handled = stepTaking, p, nil
	l, key, path := s.app.Ledger, s.app.Key.Open, s.path
	work := func() tea.Msg {
		defer stop()
		defer close(p.steps)
		handled, err := county.Receive(ctx, l, key, []string{path}, county.ReceiveOptions{Each: func(done, all int, i county.Intake) {
			select {
			case p.steps <- receiveProgress{done, all, i.File}:
			default: // the screen is behind; the next step tells more
			}
		}})
		if errors.Is(err, context.Canceled) {
			err = nil // what was handled stays; the rest is taken in the next time
		}
		wait, fault := county.WaitingBundles(s.app.Ctx, l, "")
		late, wrong := county.LateText(s.app.Ctx, l, handled)
		m := taken{handled: handled, waiting: len(wait), late: late, err: errors.Join(err, fault, wrong)}
		if m.err == nil && len(codesOf(handled)) > 0 { // before the person has to find it out with one more key
			m.stuck = cannotWrite(county.CanWrite(filepath.Join(path, answersFolder)))
		}
		return m
	}
	return tea.Batch(work, p.next())
}

// next waits for the next step.
func (p *receiving) next() tea.Cmd {
	return func() tea.Msg {
		if step, ok := <-p.steps; ok {
			return step
		}
		return nil
	}
}

func (s *Receive) took(m taken) tea.Cmd {
	s.progress, s.handled, s.step = nil, m.handled, stepTaken
	s.waiting, s.late = m.waiting, m.late
	s.fillHandled()
	if m.stuck != nil {
		return tea.Batch(s.askPlace(m.stuck), ui.Do(ui.Changed{}))
	}
	return tea.Batch(s.complain(m.err), ui.Do(ui.Changed{}))
}

// codes are those of the organisations on the stick.
func (s *Receive) codes() []string { return codesOf(s.handled) }

func codesOf(handled []county.Intake) []string {
	var codes []string
	for _, i := range handled {
		if i.Code != "" {
			codes = append(codes, i.Code)
		}
	}
	return codes
}

// answers tells whether there is something to answer on the stick.
func (s *Receive) answers() bool { return len(s.codes()) > 0 }

// answersFolder is where the receipts go on a stick.
const answersFolder = "回执"

// answer writes the receipts and the slip back to the stick.
func (s *Receive) answer() tea.Cmd { return s.answerTo(filepath.Join(s.path, answersFolder), "") }

// answerTo writes the receipts and the slip to a folder; chosen is that which the person
// chose in the stick's place, "" for the stick's.
func (s *Receive) answerTo(dir, chosen string) tea.Cmd {
	s.step = stepWriting
	l, key, codes, handled := s.app.Ledger, s.app.Key.Open, s.codes(), s.handled
	name := "回执单_" + l.Source().Now().Format("2006-01-02_1504") + ".xlsx"
	return func() tea.Msg {
		paths, err := county.Receipts(s.app.Ctx, l, key, dir, "", codes...)
		if err != nil {
			return answered{err: err}
		}
		slip, err := county.SlipSheet(s.app.Ctx, l, handled)
		if err != nil {
			return answered{err: err}
		}
		m := answered{receipts: len(paths), dir: dir, elsewhere: chosen != "", slip: unusedName(filepath.Join(dir, name))}
		if m.err = page.Write(s.app.Ctx, m.slip, "", slip); m.err == nil && chosen != "" {
			m.err = keepFolder(s.app, receiptsSetting, chosen)
		}
		return m
	}
}

// complain shows what is to be known by the person here, and a fault as any other.
func (s *Receive) complain(err error) tea.Cmd {
	var known *model.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		s.fault = known.Message
		return nil
	}
	return ui.Do(ui.Failed{Err: err})
}

// withReview adds the key that opens what waits for a decision, behind what Enter does.
func (s *Receive) withReview(hints ...ui.Hint) []ui.Hint {
	if s.waiting == 0 {
		return hints
	}
	return slices.Insert(hints, 1, ui.Hint{Action: ui.Filter, Label: fmt.Sprintf("待核实 %d", s.waiting)})
}

// reviewed shows what was decided of a bundle of this stick.
func (s *Receive) reviewed(in county.Intake) {
	s.waiting--
	for n := range s.handled {
		if i := &s.handled[n]; i.FileHash == in.FileHash && i.Verdict == county.Waiting {
			in.Path = i.Path
			*i = in
		}
	}
	if s.step == stepTaken || s.step == stepWritten {
		s.fillHandled()
	}
	if s.step == stepWritten { // the answer that was written says that it waits
		s.step = stepTaken
	}
}
