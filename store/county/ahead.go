package county

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// While some bundles are written, the next are opened, read and examined. What that finds
// depends on the bundle, but for little: whether its unit stands on the list and how its
// township is spelt, and what the codes in it are called. When the bundle's turn has come
// all checks are made in their order as if nothing had been found out (take), and what was
// found ahead is used only where those questions have the same answers still; otherwise it
// is read and examined anew. So verdicts, reasons and problems are those of one bundle after
// the other.

// aheadSize is the largest file that is opened before its turn: what a bundle holds stands
// in memory, and a large one is to stand there alone.
const aheadSize = 2 << 20

// aheadRoom bounds what is prepared and had no turn yet: a bundle takes one part, and one
// more for each aheadPart bytes of its file. A test makes it less.
var aheadRoom = 6

const aheadPart = 32 << 10

// prepared is what was found out about a file before its turn.
type prepared struct {
	file *sealedFile
	rows *bundleRows // as examined, nil where it did not come to that
	unit *store.Unit // as the list spells it
	// The codes that units had, and this one's (reception).
	former      string
	formerUntil model.Date
	changes     []codeChange
	home        error      // what is wrong with the organisation's own record
	asked       *askedLook // what the examination asked the county's ledger
}

// lookahead prepares files in their order, as far ahead as there is room. Whatever ends the
// preparing closes the channel, and who takes from a closed channel goes on without help.
type lookahead struct {
	stop context.CancelFunc
	next chan placed
	room chan struct{} // a value for each part taken
}

// placed is what was prepared, nil for nothing, with the parts of the room that it takes.
type placed struct {
	p     *prepared
	parts int
}

// startAhead begins to prepare files. end must be called.
func startAhead(ctx context.Context, found []candidate, prepare func(context.Context, string) *prepared) *lookahead {
	ctx, stop := context.WithCancel(ctx)
	a := &lookahead{stop: stop, next: make(chan placed, aheadRoom), room: make(chan struct{}, aheadRoom)}
	go func() {
		defer close(a.next)
		for _, f := range found {
			if f.intake.Verdict != "" {
				continue // it has no turn
			}
			parts := partsOf(f.path)
			for range parts {
				select {
				case a.room <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
			a.next <- placed{carefully(ctx, f.path, prepare), parts} // there is room
		}
	}()
	return a
}

// partsOf gives how many parts of the room a file takes.
func partsOf(path string) int {
	size := int64(0)
	if info, err := os.Stat(path); err == nil {
		size = min(info.Size(), aheadSize)
	}
	return min(1+int(size/aheadPart), aheadRoom)
}

// carefully prepares a file. One on which the program fails is left to its turn, where the
// fault is met by who called.
func carefully(ctx context.Context, path string, prepare func(context.Context, string) *prepared) (p *prepared) {
	defer func() {
		if recover() != nil {
			p = nil
		}
	}()
	return prepare(ctx, path)
}

// turn gives what was found out about the next file of which no verdict was known, nil for
// nothing.
func (a *lookahead) turn() *prepared {
	n := <-a.next
	for range n.parts {
		<-a.room
	}
	return n.p
}

// end waits until nothing is under way any more, and lets go of what had no turn.
func (a *lookahead) end() {
	a.stop()
	for n := range a.next {
		n.p.close()
	}
}

func (p *prepared) close() {
	if p != nil {
		p.file.close()
	}
}

// preparing gives what finds out about a file what does not depend on the files before it,
// or does so in what can be asked again. It gives up at the first thing that is wrong: that
// is said in its turn.
func preparing(l *store.Ledger, key *bundle.CountyKey) func(context.Context, string) *prepared {
	return func(ctx context.Context, path string) *prepared {
		p := &prepared{file: look(path)}
		if f := p.file; f.fault != nil || f.size > aheadSize || f.size <= 0 {
			return p
		}
		if known, err := AcceptedFile(ctx, l, p.file.hash, Accepted, Partly); known != nil || err != nil {
			return p
		}
		data, plain, err := p.file.unwrap(key)
		if err != nil || plain {
			return p
		}
		if b, err := p.file.open(data); err == nil {
			own := *b // what is changed of its description is not changed for its turn
			p.examine(ctx, &reception{l: l, key: key, in: newIntake(path), b: &own})
		}
		return p
	}
}

// examine reads and examines what a bundle holds.
func (p *prepared) examine(ctx context.Context, r *reception) {
	if r.rename(ctx) != nil || r.admitUnit(ctx) != nil || r.tables() != nil {
		return
	}
	rows, err := r.readAnew()
	if err != nil {
		return
	}
	env := r.l.Env(ctx)
	p.asked = newAsked(env)
	p.unit, p.former, p.formerUntil, p.changes = r.unit, r.former, r.formerUntil, r.changes
	if p.home, err = rows.judge(r.unit, env, r.latest()); err != nil {
		return
	}
	p.rows = rows
	rows.final()
	// Of an organisation never seen all is to be written, of another few.
	if known, err := KnownOrganisation(ctx, r.l, rows.org.ID); known == nil && err == nil {
		rows.makeFindable()
	}
}

// holds tells whether what was found ahead is what would be found now.
func (p *prepared) holds(r *reception, now model.Lookup) (bool, error) {
	if p == nil || p.rows == nil || p.asked.more || (p.unit == nil) != (r.unit == nil) || r.unit != nil && *r.unit != *p.unit {
		return false, nil
	}
	if p.former != r.former || p.formerUntil != r.formerUntil || !slices.Equal(p.changes, r.changes) {
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

// newAsked makes rules ask the ledger through one that remembers.
func newAsked(env *model.Env) *askedLook {
	a := &askedLook{Lookup: env.Look, codes: map[string]unitName{}}
	env.Look = a
	return a
}

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

// sealedFile is a file as it came, read step by step; each step is taken once.
type sealedFile struct {
	path  string
	file  *os.File
	fault error  // of the disk or the stick; nothing else is known then
	hash  string // SHA-256 of the file, hex
	size  int64

	unwrapped bool
	data      []byte // without the age layer
	plain     bool   // it had none
	to        string // the former key that opened it, "" for the county's own
	err       error  // what is wrong with it, or a fault of reading

	b       *bundle.Bundle
	opened  bool
	openErr error
}

// look opens a file and takes its hash.
func look(path string) *sealedFile {
	s := &sealedFile{path: path}
	if s.file, s.fault = os.Open(path); s.fault != nil {
		return s
	}
	if s.hash, s.fault = hashFile(s.file); s.fault != nil {
		s.close()
		return s
	}
	if info, err := s.file.Stat(); err == nil {
		s.size = info.Size()
	} else {
		s.size = -1
	}
	return s
}

// hashFile gives the hash of a file and goes back to its beginning. A file too large
// for a bundle is not read to its end; what was read names it well enough.
func hashFile(f *os.File) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.LimitReader(f, bundle.MaxFile+1)); err != nil {
		return "", err
	}
	_, err := f.Seek(0, io.SeekStart)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// unwrap takes the age layer off.
func (s *sealedFile) unwrap(key *bundle.CountyKey) (data []byte, plain bool, err error) {
	if !s.unwrapped {
		s.unwrapped = true
		r := reception{key: key}
		s.data, s.plain, s.err = r.open(s.file)
		s.to = r.to
		s.close()
	}
	return s.data, s.plain, s.err
}

// open reads the bundle; s may be nil, where it is no file that the bundle came from.
func (s *sealedFile) open(data []byte) (*bundle.Bundle, error) {
	if s == nil {
		return bundle.Open(data)
	}
	if !s.opened {
		s.opened = true
		s.b, s.openErr = bundle.Open(data)
	}
	return s.b, s.openErr
}

// close may be called more than once.
func (s *sealedFile) close() {
	if s.file != nil {
		//nolint:errcheck // It was only read.
		s.file.Close()
		s.file = nil
	}
}
