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
		return taken{handled, len(wait), errors.Join(err, fault)}
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
	s.waiting = m.waiting
	s.fillHandled()
	return tea.Batch(s.complain(m.err), ui.Do(ui.Changed{}))
}

// codes are those of the organisations on the stick.
func (s *Receive) codes() []string {
	var codes []string
	for _, i := range s.handled {
		if i.Code != "" {
			codes = append(codes, i.Code)
		}
	}
	return codes
}

// answers tells whether there is something to answer on the stick.
func (s *Receive) answers() bool { return len(s.codes()) > 0 }

// answer writes the receipts and the slip back to the stick.
func (s *Receive) answer() tea.Cmd {
	s.step = stepWriting
	l, key, codes, handled := s.app.Ledger, s.app.Key.Open, s.codes(), s.handled
	dir := filepath.Join(s.path, "回执")
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
		return answered{len(paths), filepath.Join(dir, name), page.Write(s.app.Ctx, filepath.Join(dir, name), "", slip)}
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
