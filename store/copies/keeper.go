package copies

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// Act is before what a backup is made beside those of each day, in Chinese.
type Act string

// The acts.
const (
	Import  Act = "读入"   // of a sheet
	Arrival Act = "收转入"  // of persons from a 移交包
	Profile Act = "取配置"  // of the county
	Clear   Act = "清除"   // of personal data
	Reseal  Act = "更正封账" // of a closed month
)

// Options of the backups that are made by themselves.
type Options struct {
	// Drives gives the sticks that are plugged in, beside what the system tells; nil: none.
	Drives func() []string
	// To gives what the backups of an encrypted ledger are encrypted to, wherever they lie;
	// nil, or nothing given, for a ledger that is not.
	To func() ([]age.Recipient, error)
}

// Keeper makes a ledger's backups by itself, and thins them out.
type Keeper struct {
	l  *store.Ledger
	o  Options
	mu sync.Mutex // one at a time
	// last is what Daily found: where nothing can be written, nothing can be noted either.
	last atomic.Pointer[state]
}

type keeperOf struct{}

// Begin lets the backups of an open ledger be made by themselves from now on: each day's
// when Daily is called, and those before acts (Before).
func Begin(l *store.Ledger, o Options) *Keeper {
	k := &Keeper{l: l, o: o}
	l.Inside(raw.Pass{}).Kept().Store(keeperOf{}, k)
	return k
}

// Of gives the keeper of a ledger's backups, nil where they are not made by themselves.
func Of(l *store.Ledger) *Keeper {
	if k, ok := l.Inside(raw.Pass{}).Kept().Load(keeperOf{}); ok {
		return k.(*Keeper)
	}
	return nil
}

// Wait waits until the backup under way is done or given up.
func (k *Keeper) Wait() {
	k.mu.Lock()
	defer k.mu.Unlock()
}

func (k *Keeper) drives() []string {
	if k.o.Drives == nil {
		return nil
	}
	return k.o.Drives()
}

func (k *Keeper) idle() bool {
	return k.l.ReadOnly() || k.l.Extract() != nil || k.l.Damage() != nil
}

// Daily makes today's backups that are missing: beside the ledger, and at the second place
// if that is there. What killed runs left goes, and so do those that need not be kept. What
// keeps one from being made is no error: Status tells it. Errors are those of the program
// and of a context that has ended; the earlier backups are whole whatever happens.
func (k *Keeper) Daily(ctx context.Context) error {
	if k.idle() {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	s := readState(k.l.Path())
	before := *s
	err := k.beside(ctx, s)
	if err == nil {
		err = k.there(ctx, s)
	}
	k.last.Store(s)
	if !same(s, &before) {
		err = errors.Join(err, help(s.write(k.l.Path())))
	}
	return err
}

func same(a, b *state) bool { return fmt.Sprintf("%+v", flat(a)) == fmt.Sprintf("%+v", flat(b)) }

// flat gives a state without pointers, to be compared.
func flat(s *state) []any {
	all := []any{s.Elsewhere, s.Few, s.FewThere, s.Expired}
	for _, m := range []*missed{s.Missed, s.Fault} {
		if m != nil {
			all = append(all, *m)
		} else {
			all = append(all, nil)
		}
	}
	return all
}

// help passes over what the system says of a file that is only a help.
func help(err error) error {
	if _, system := disk.CauseOf(err); system || errors.As(err, new(*model.Error)) {
		return nil
	}
	return err
}

// beside makes the one beside the ledger.
func (k *Keeper) beside(ctx context.Context, s *state) error {
	dir := Folder(k.l.Path())
	disk.Sweep(dir)
	if !k.hasToday(dir) {
		if _, err := k.write(ctx, dir, "", nil, &s.Few); err != nil {
			return k.fault(&s.Fault, "", err)
		}
	}
	s.Fault = nil
	return help(k.thin(dir, &s.Few, 0))
}

// there makes the one at the second place.
func (k *Keeper) there(ctx context.Context, s *state) error {
	p, err := PlaceOf(ctx, k.l)
	switch {
	case err != nil:
		return err
	case p == nil:
		s.Missed, s.FewThere = nil, ""
		return nil
	}
	if why := p.gone(); why != "" {
		k.miss(&s.Missed, p.Dir, why)
		return nil
	}
	dir := p.folder(k.l)
	disk.Sweep(dir)
	if s.Expired != "" || !k.hasToday(dir) {
		var to []age.Recipient
		if Portable(dir, k.drives()) {
			if to, err = k.carried(ctx); err != nil {
				return k.fault(&s.Missed, p.Dir, err)
			}
		}
		path, err := k.write(ctx, dir, "", to, &s.FewThere)
		if err != nil {
			return k.fault(&s.Missed, p.Dir, err)
		}
		if err := k.expire(s, dir, path); err != nil {
			return k.fault(&s.Missed, p.Dir, err)
		}
		s.Elsewhere = append(s.Elsewhere, placed{k.l.Source().Now(), path})
	}
	s.Missed = nil
	return help(k.thin(dir, &s.FewThere, 0))
}

func (k *Keeper) carried(ctx context.Context) ([]age.Recipient, error) {
	key, err := KeptKey(ctx, k.l)
	if err != nil {
		return nil, err
	}
	to, _, err := Recipients(ctx, k.l, key)
	return to, err
}

// fault notes why none could be made, if a person can understand it.
func (k *Keeper) fault(m **missed, dir string, err error) error {
	var known *model.Error
	if !errors.As(err, &known) {
		return err
	}
	k.miss(m, dir, known.Message)
	return nil
}

func (k *Keeper) miss(m **missed, dir, why string) {
	since := k.l.Source().Today()
	if *m != nil && (*m).Dir == dir {
		since = min(since, (*m).Since)
	}
	*m = &missed{since, dir, why}
}

func (k *Keeper) hasToday(dir string) bool {
	today := k.l.Source().Today()
	for _, m := range made(dir) {
		if m.Before == "" && m.Day() == today {
			return true
		}
	}
	return false
}

// spare is what is left free on a disk, in bytes.
const spare = 32 << 20

// write makes one in a folder, which is made where it is missing. On a disk without room for
// it older ones go first, but never the last two.
func (k *Keeper) write(ctx context.Context, dir string, act Act, to []age.Recipient, few *string) (path string, err error) {
	if k.o.To != nil {
		own, err := k.o.To()
		if err != nil {
			return "", err
		}
		if own != nil {
			to = own
		}
	}
	if err := store.MakePlace(dir); err != nil {
		return "", err
	}
	need := int64(spare)
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(k.l.Path() + suffix); err == nil {
			need += info.Size()
		}
	}
	if err := help(k.thin(dir, few, need)); err != nil {
		return "", err
	}
	path = k.name(dir, act, to != nil)
	return path, Write(ctx, k.l, path, to)
}

func (k *Keeper) code() string { return k.l.Home().Str(k.l.Inside(raw.Pass{}).Book().Org.Code) }

func (k *Keeper) name(dir string, act Act, sealed bool) string {
	base := namePrefix + k.code() + "_" + k.l.Source().Now().Format(nameStamp)
	if act != "" {
		base += "_" + string(act) + beforeEnd
	}
	end := plainEnd
	if sealed {
		end = sealedEnd
	}
	path := filepath.Join(dir, base+end)
	for n := 2; taken(dir, filepath.Base(strings.TrimSuffix(path, end))); n++ {
		path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", base, n, end))
	}
	return path
}

func taken(dir, base string) bool {
	for _, end := range []string{plainEnd, sealedEnd} {
		if _, err := os.Lstat(filepath.Join(dir, base+end)); err == nil {
			return true
		}
	}
	return false
}

// share is which part of the room that there is backups may take.
const share = 4

// thin removes what the rule does not keep, and what there is no room for: backups take a
// quarter at most of what the disk would have free without them, and need bytes stay free
// for the next. few is why fewer are kept then, "" where all are.
func (k *Keeper) thin(dir string, few *string, need int64) error {
	keep, drop := Plan(made(dir), k.l.Source().Now())
	total := int64(0)
	for _, m := range keep {
		total += m.Size
	}
	free, known := disk.Free(dir)
	var gone []Made
	if known {
		most := (free + total) / share
		if free < need {
			most = min(most, max(total-(need-free), 0))
		}
		keep, gone = fewer(keep, most)
	}
	var all []error
	for _, m := range append(drop, gone...) {
		all = append(all, disk.Remove(m.Path))
	}
	switch {
	case len(gone) > 0:
		*few = fmt.Sprintf("磁盘空间不多(还剩 %s),备份只留了 %d 份,本来该留 %d 份;请腾出空间", SizeText(free), len(keep), len(keep)+len(gone))
	case known && need == 0 && roomy(keep, free):
		*few = ""
	}
	if len(drop)+len(gone) > 0 {
		all = append(all, disk.SyncFolder(dir))
	}
	return errors.Join(all...)
}

// roomy tells whether all that the rule wants would have room, were each as big as the
// biggest.
func roomy(keep []Made, free int64) bool {
	total, biggest := int64(0), int64(0)
	for _, m := range keep {
		total, biggest = total+m.Size, max(biggest, m.Size)
	}
	return (keptDays+keptWeeks+keptMonths)*biggest <= (free+total)/share
}

// SizeText gives a number of bytes for people: 1.5 GB, 0.3 MB.
func SizeText(n int64) string {
	if n >= 1<<30 {
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// Before makes a backup beside the ledger before an act, where backups are made by
// themselves. said is why there is none, a sentence for the person; the act need not wait
// for it: it can be undone. Errors are those of the program and of a context that has ended.
func Before(ctx context.Context, l *store.Ledger, act Act) (said string, err error) {
	k := Of(l)
	if k == nil || k.idle() {
		return "", nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	s := readState(l.Path())
	dir := Folder(l.Path())
	disk.Sweep(dir)
	_, err = k.write(ctx, dir, act, nil, &s.Few)
	if err == nil {
		err = help(k.thin(dir, &s.Few, 0))
	}
	if known := (*model.Error)(nil); errors.As(err, &known) {
		return string(act) + "以前没有做成备份:" + known.Message, nil
	}
	return "", err
}

// stamp gives a moment as Expired keeps it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
