package city

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/demo/internal/folk"
	"taizhang/store/demo/truth"
	"taizhang/store/send"
)

// Options say which made-up county to make.
type Options struct {
	Seed   uint64 // 0 for County
	County int    // which county of the made-up city, from 1 to MostCounties; 0 for 1
	Keep   string // the code of an organisation whose ledger is kept too, "" for none
	// Progress, where set, is told how many organisations of how many are made.
	Progress func(done, all int)

	Small bool // a county of eighteen organisations, for tests
	// Each, where set, is given each organisation's records, the county's own first.
	Each func(truth.Org) error

	scale scale // for tests; nothing for the whole county
}

// MostCounties are the counties of the made-up city.
const MostCounties = 6

// Result says where the files of a made-up county are.
type Result struct {
	County  string // the county's ledger, which has received nothing
	Profile string // the county profile with the list of units
	Key     string // the county's secret key
	Stick   string // the folder of bundles, one folder a township
	Truth   string // what the indicators must come to, and the answer key (Key)
	Ledger  string // the ledger that was kept, "" without one

	Organisations, Members int
}

// Make makes a whole county up in dir (domain.md §11), as of 2026-06-30: its ledger
// with its own records and the list of units, and one bundle of every organisation.
// The same seed and county give the same records, ids and keys. *model.Error: E-DEMO-EXISTS
// for a file that is there, E-DEMO-DIR, E-DEMO-KEEP for a code that is no organisation's,
// E-DEMO-COUNTY for a county that there is not.
func Make(ctx context.Context, dir string, o Options) (Result, error) {
	o.County = max(o.County, 1)
	if o.County > MostCounties {
		return Result{}, model.Errorf("E-DEMO-COUNTY", "示例地市只有 %d 个县,请写 1 到 %d", MostCounties, MostCounties)
	}
	if o.Seed == 0 {
		o.Seed = uint64(o.County)
	}
	switch {
	case o.Small:
		o.scale = fewUnits
	case o.scale.villages == 0:
		o.scale = wholeCity
	}
	w := &writer{o: o, dir: dir, res: Result{County: filepath.Join(dir, county.DBFile), Profile: filepath.Join(dir, county.ProfileFile),
		Key: filepath.Join(dir, county.KeyFile), Stick: filepath.Join(dir, "stick"), Truth: filepath.Join(dir, "truth.json")}}
	if o.Keep != "" {
		w.res.Ledger = filepath.Join(dir, "ledger.db")
	}
	if err := w.prepare(); err != nil {
		return Result{}, err
	}
	if err := w.write(ctx); err != nil {
		return Result{}, errors.Join(err, w.discard())
	}
	return w.res, nil
}

// writer writes the files.
type writer struct {
	o       Options
	dir     string
	res     Result
	city    *city
	profile []byte
	opened  *bundle.Profile
	truth   *truth.Count // what the summary must come to
	answers Key
}

func (w *writer) files() []string {
	all := []string{w.res.County, w.res.Profile, w.res.Key, w.res.Stick, w.res.Truth}
	if w.res.Ledger != "" {
		all = append(all, w.res.Ledger)
	}
	return all
}

func (w *writer) prepare() error {
	for _, path := range w.files() {
		switch _, err := os.Lstat(path); {
		case err == nil:
			return model.Errorf("E-DEMO-EXISTS", "“%s”已经存在,示例不会覆盖它,请用 --out 换一个空文件夹", path)
		case !os.IsNotExist(err):
			return model.Errorf("E-DEMO-DIR", "“%s”读不了,请用 --out 换一个能写入的文件夹", path)
		}
	}
	w.city = newCity(w.o.Seed, folk.Counties[w.o.County-1], w.o.scale)
	if w.o.Keep != "" && w.city.unit(w.o.Keep) == nil {
		return model.Errorf("E-DEMO-KEEP", "示例县里没有代码为“%s”的党组织,请核对 --keep(例如 %s)", model.Clean(w.o.Keep, false), w.city.county.VillagePlace(0, 0, "").Code)
	}
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return model.Errorf("E-DEMO-DIR", "文件夹“%s”建不了,请换一个能写入的地方", w.dir)
	}
	return nil
}

// discard takes back what an unfinished run has written.
func (w *writer) discard() error {
	var all []error
	for _, path := range w.files() {
		for _, tail := range []string{"", "-wal", "-shm", ".lock", ".holder"} {
			all = append(all, os.RemoveAll(path+tail))
		}
	}
	return errors.Join(all...)
}

func (c *city) unit(code string) *unit {
	for _, u := range c.units {
		if u.code == code {
			return u
		}
	}
	return nil
}

func (w *writer) write(ctx context.Context) error {
	w.truth = newCount()
	own, err := w.writeCounty(ctx)
	if err != nil {
		return err
	}
	if err := w.count(own); err != nil {
		return err
	}
	done := 0
	err = w.city.each(ctx, func(u *unit) (*gathering, error) { return w.unit(ctx, u) }, func(b *gathering) error {
		done++
		w.res.Organisations++
		w.answers.add(b.answers)
		if w.o.Progress != nil {
			w.o.Progress(done, len(w.city.units))
		}
		return w.count(b.org())
	})
	if err != nil {
		return err
	}
	return writeTruth(w.res.Truth, w.truth, w.answers)
}

func (w *writer) count(o truth.Org) error {
	for _, r := range o.Records["person"] {
		if r.Is("status", "正式党员", "预备党员") && r.Is("standing", "在册") {
			w.res.Members++
		}
	}
	if w.o.Each != nil {
		if err := w.o.Each(o); err != nil {
			return err
		}
	}
	return w.truth.Add(o)
}

// writeCounty makes the county's ledger, its profile with the list of units, and its
// own records.
func (w *writer) writeCounty(ctx context.Context) (truth.Org, error) {
	source := newSource(w.o.Seed, w.city.county.Code)
	res, err := county.Init(ctx, county.InitOptions{Code: w.city.county.Code, Name: "中共" + w.city.county.Name + "委员会组织部", Dir: w.dir, County: w.city.county.Name, Source: source})
	if err != nil {
		return truth.Org{}, err
	}
	file, err := os.ReadFile(res.Key)
	if err != nil {
		return truth.Org{}, fmt.Errorf("city: read the county's key: %w", err)
	}
	key, err := bundle.ParseCountyKey(file, "")
	if err != nil {
		return truth.Org{}, err
	}
	p := bundle.Profile{Code: w.city.county.Code, Name: "中共" + w.city.county.Name + "委员会组织部", Version: 2, DeadlineDay: 5, Identity: bundle.IdentityWhole}
	for _, u := range w.city.units {
		p.Units = append(p.Units, bundle.Unit{Code: u.code, Name: u.name, Township: u.township, Domain: u.domain, Phone: u.phone()})
	}
	if w.profile, err = bundle.SealProfile(p, key, source.Now()); err != nil {
		return truth.Org{}, err
	}
	if w.opened, err = bundle.OpenProfile(w.profile, ""); err != nil {
		return truth.Org{}, err
	}
	if err := os.WriteFile(res.Profile, w.profile, 0o600); err != nil {
		return truth.Org{}, fmt.Errorf("city: write the county's profile: %w", err)
	}
	l, err := book.Open(ctx, res.DB, store.Options{Source: source})
	if err != nil {
		return truth.Org{}, err
	}
	o, err := w.fillCounty(ctx, l, source)
	return o, errors.Join(err, l.Close())
}

func (w *writer) fillCounty(ctx context.Context, l *store.Ledger, source *model.Source) (truth.Org, error) {
	if err := send.SetProfile(ctx, l, w.profile); err != nil {
		return truth.Org{}, err
	}
	units := make([]store.Unit, len(w.opened.Units))
	for i, u := range w.opened.Units {
		units[i] = store.Unit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone}
	}
	// A county's own profile only repeats its list of units, so taking it in sets none.
	if err := l.SetUnits(ctx, units); err != nil {
		return truth.Org{}, err
	}
	b := newOwnBook(w.city, source)
	if err := b.ofCounty(l.Home().Clone()); err != nil {
		return truth.Org{}, err
	}
	o := b.org()
	o.Own = true
	return o, county.Adopt(ctx, l, b.records, nil)
}

func (u *unit) phone() string { return fmt.Sprintf("100%08d", 66_000_000+u.index*7) }
