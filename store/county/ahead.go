package county

import (
	"context"
	"sync"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// While one bundle is written, those that come after it are opened, read and examined.
// What that finds depends on the bundle, but for little: whether its unit stands on the
// list and how its township is spelt, and what the codes in it are called. When the
// bundle's turn has come all checks are made in their order as if nothing had been found
// out (take), and what was found ahead is used only where those questions have the same
// answers still; otherwise it is read and examined anew. So verdicts, reasons and
// problems are those of one bundle after the other.

const (
	// aheadSize is the largest file that is opened before its turn: what a bundle holds
	// stands in memory, and a large one is to stand there alone.
	aheadSize = 2 << 20
	// atHand is how many bundles stand in memory at once: the one that is written, and the
	// next, which is examined meanwhile.
	atHand = 2
)

// prepared is what was found out about a file before its turn.
type prepared struct {
	sealed *sealedFile
	rows   *bundleRows // as examined, nil where it did not come to that
	err    error       // of reading the rows: it refuses the bundle
	unit   *store.Unit // as the list spells it
	home   error       // what is wrong with the organisation's own record
	asked  *askedLook  // what the examination asked the county's ledger
}

// lookahead prepares files in their order, never more than a few before their turn.
type lookahead struct {
	stop  context.CancelFunc
	turns []chan *prepared
	room  chan struct{}
	all   sync.WaitGroup
}

// startAhead begins to prepare files. end must be called.
func startAhead(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, found []candidate) *lookahead {
	ctx, stop := context.WithCancel(ctx)
	a := &lookahead{stop: stop, turns: make([]chan *prepared, len(found)), room: make(chan struct{}, atHand)}
	for n := range found {
		a.turns[n] = make(chan *prepared, 1)
	}
	a.all.Go(func() {
		for n := range found {
			select {
			case a.room <- struct{}{}:
			case <-ctx.Done():
				return
			}
			var p *prepared
			if found[n].intake.Verdict == "" {
				p = prepare(ctx, l, key, found[n].path)
			}
			a.turns[n] <- p
		}
	})
	return a
}

// turn gives what was found out about a file, nil for nothing; done must be called when
// it has been handled.
func (a *lookahead) turn(ctx context.Context, n int) *prepared {
	select {
	case p := <-a.turns[n]:
		return p
	case <-ctx.Done():
		return nil
	}
}

func (a *lookahead) done() {
	select {
	case <-a.room:
	default: // it was given up
	}
}

// end waits until nothing is under way any more, and lets go of what had no turn.
func (a *lookahead) end() {
	a.stop()
	a.all.Wait()
	for _, turn := range a.turns {
		select {
		case p := <-turn:
			if p != nil {
				p.sealed.close()
			}
		default:
		}
	}
}

// prepare finds out about a file what does not depend on the files before it, or does so
// in what can be asked again. It gives up at the first thing that is wrong: that is said
// in its turn.
func prepare(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, path string) *prepared {
	p := &prepared{sealed: look(path)}
	s := p.sealed
	if s.fault != nil || s.size > aheadSize || s.size <= 0 {
		return p
	}
	if known, err := AcceptedFile(ctx, l, s.hash, Accepted, Partly); known != nil || err != nil {
		return p
	}
	data, plain, err := s.unwrap(key)
	if err != nil || plain {
		return p
	}
	b, err := s.open(data)
	if err != nil {
		return p
	}
	r := &reception{l: l, key: key, in: newIntake(path), b: b}
	if r.tables() != nil {
		return p
	}
	unit, _, err := OnRoll(ctx, l, b.Package.Taizhang.Organization.Code)
	if err != nil {
		return p
	}
	rows := newRows(r)
	if p.err = rows.read(); p.err != nil {
		return p
	}
	env := l.Env(ctx)
	p.asked = &askedLook{Lookup: env.Look, codes: map[string]unitName{}}
	env.Look = p.asked
	p.unit = unit
	if p.home, err = rows.judge(unit, env, r.latest()); err != nil {
		return p
	}
	p.rows = rows
	rows.final()
	// Of an organisation never seen all is to be written, of another few.
	if known, err := KnownOrganisation(ctx, l, rows.org.ID); known == nil && err == nil {
		rows.makeFindable()
	}
	return p
}

// holds tells whether what was found ahead is what would be found now.
func (p *prepared) holds(unit *store.Unit, now model.Lookup) (bool, error) {
	if p == nil || p.rows == nil || p.asked.more || (p.unit == nil) != (unit == nil) || unit != nil && *unit != *p.unit {
		return false, nil
	}
	for code, then := range p.asked.codes {
		name, ok, err := now.OrgCode(code)
		if err != nil {
			return false, err
		}
		if then != (unitName{name, ok}) {
			return false, nil
		}
	}
	return true, nil
}

// askedLook remembers what was asked of the county's ledger.
type askedLook struct {
	model.Lookup
	codes map[string]unitName
	more  bool // more than what codes are called
}

var _ model.Over = (*askedLook)(nil)

// Under implements model.Over.
func (a *askedLook) Under() model.Lookup {
	a.more = true
	return a.Lookup
}

// Get implements model.Lookup.
func (a *askedLook) Get(kind, id string) (*model.Record, error) {
	a.more = true
	return a.Lookup.Get(kind, id)
}

// Find implements model.Lookup.
func (a *askedLook) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	a.more = true
	return a.Lookup.Find(kind, conds...)
}

// OrgCode implements model.Lookup.
func (a *askedLook) OrgCode(code string) (name string, ok bool, err error) {
	name, ok, err = a.Lookup.OrgCode(code)
	a.codes[code] = unitName{name, ok}
	return name, ok, err
}
