// Package demo makes up a village (its people, its year of records and the
// county's files beside it) out of a seed and a day. Nothing in it is real: the people
// and places are those of folk, whom the whole made-up county (city) shares.
package demo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
	"taizhang/store/send"
)

// Options of a made-up village.
type Options struct {
	Members int        // members on the last day; 0 for 115, from MinMembers to MaxMembers
	Seed    uint64     // 0 for 1
	AsOf    model.Date // the last day of the records; "" for 2026-10-31
	// Faults puts deliberate faults in, and writes beside the ledger what they are.
	// They lie around one day, so AsOf must be 2026-10-31.
	Faults bool
}

// The sizes between which a village can be made up.
const (
	MinMembers = 20
	MaxMembers = 1000
)

// The defaults of Options.
const (
	defaultMembers = 115
	defaultAsOf    = model.Date("2026-10-31")
)

func (o Options) filled() (Options, error) {
	if o.Members == 0 {
		o.Members = defaultMembers
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.AsOf == "" {
		o.AsOf = defaultAsOf
	}
	switch {
	case o.Faults && o.Members < minFaulty:
		return o, model.Errorf("E-DEMO-MEMBERS", "带差错的示例台账至少要有 %d 名党员,现在是 %d,请改 --members", minFaulty, o.Members)
	case o.Faults && o.AsOf != defaultAsOf:
		return o, model.Errorf("E-DEMO-DAY", "带差错的示例台账只到 %s 为止,请去掉 --as-of", defaultAsOf)
	case o.Members < MinMembers || o.Members > MaxMembers:
		return o, model.Errorf("E-DEMO-MEMBERS", "示例台账的党员人数应在 %d 到 %d 之间,现在是 %d,请改 --members", MinMembers, MaxMembers, o.Members)
	case !o.AsOf.Valid():
		return o, model.Errorf("E-DEMO-DAY", "“%s”不是日期,请把 --as-of 写成 2026-10-31 的样子", model.Clean(string(o.AsOf), false))
	case o.AsOf < "2022-01-01" || o.AsOf > "2099-12-31":
		return o, model.Errorf("E-DEMO-DAY", "示例台账的日期应在 2022 年到 2099 年之间,请改 --as-of")
	}
	return o, nil
}

// Result says where the files of a made-up village are.
type Result struct {
	Ledger  string // the village's ledger
	County  string // the county's ledger, which has received nothing
	Profile string // the county profile, which the village has taken in
	Key     string // the county's secret key
	Faults  string // the list of the deliberate faults, "" without them
}

// Village makes up a village and the county's files beside it in dir. The same
// options give the same records, ids and keys. A *model.Error says that an option
// can't be or that dir holds a ledger already; nothing is overwritten.
func Village(ctx context.Context, dir string, o Options) (Result, error) {
	o, err := o.filled()
	if err != nil {
		return Result{}, err
	}
	res := Result{Ledger: filepath.Join(dir, "ledger.db"), County: filepath.Join(dir, "county.db"),
		Profile: filepath.Join(dir, "county.json"), Key: filepath.Join(dir, "county.key")}
	if o.Faults {
		res.Faults = filepath.Join(dir, "faults.json")
	}
	if err := free(res); err != nil {
		return Result{}, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Result{}, model.Errorf("E-DEMO-DIR", "文件夹“%s”建不了,请换一个能写入的地方", dir)
	}
	if err := write(ctx, dir, res, o); err != nil {
		discard(res)
		return Result{}, err
	}
	return res, nil
}

func (r Result) files() []string {
	all := []string{r.Ledger, r.County, r.Profile, r.Key}
	if r.Faults != "" {
		all = append(all, r.Faults)
	}
	return all
}

// free makes sure that none of the files is there yet.
func free(r Result) error {
	for _, path := range r.files() {
		switch _, err := os.Lstat(path); {
		case err == nil:
			return model.Errorf("E-DEMO-EXISTS", "“%s”已经存在,示例台账不会覆盖它,请用 --out 换一个空文件夹", path)
		case !os.IsNotExist(err):
			return model.Errorf("E-DEMO-DIR", "“%s”读不了,请用 --out 换一个能写入的文件夹", path)
		}
	}
	return nil
}

// discard takes back what an unfinished run has written: none of it was there before.
func discard(r Result) {
	for _, path := range r.files() {
		for _, tail := range []string{"", "-wal", "-shm", ".lock", ".holder"} {
			// What can't be removed is seen by the next run, which refuses it.
			_ = os.Remove(path + tail)
		}
	}
}

func write(ctx context.Context, dir string, res Result, o Options) error {
	_, profile, err := writeCounty(ctx, dir, o)
	if err != nil {
		return err
	}
	sp := yearTo(o.AsOf)
	place := folk.FirstVillage()
	source, clock := newSource(dice.NewStream(o.Seed, "ledger"), sp.opening())
	ledger, err := book.Create(ctx, res.Ledger, store.Home{Code: place.Code, Name: place.BranchName(), Kind: "党支部",
		Domain: "行政村", Township: place.Township, County: place.County}, store.Options{Source: source})
	if err != nil {
		return err
	}
	err = fillVillage(ctx, ledger, clock, place, o, profile, res.Faults)
	if closing := ledger.Close(); err == nil && closing != nil {
		err = fmt.Errorf("demo: close the ledger: %w", closing)
	}
	return err
}

func fillVillage(ctx context.Context, l *store.Ledger, c *clock, place folk.Place, o Options, profile []byte, faults string) error {
	if err := send.SetProfile(ctx, l, profile); err != nil {
		return fmt.Errorf("demo: take the county profile in: %w", err)
	}
	v := newVillage(place, o, &daybook{ledger: l, clock: c, env: l.Env(ctx), begun: map[*model.Record]model.Date{}})
	v.write(l.Home().Clone())
	if err := v.book.save(ctx, v.span); err != nil || v.faulty == nil {
		return err
	}
	return v.spoil(ctx, faults)
}

// village is a village while it is being made up.
type village struct {
	seed    uint64
	place   folk.Place
	span    span
	size    sizes
	book    *daybook
	cast    *cast
	home    string     // the branch's id
	groups  []string   // the party groups' ids
	words   dice.Words // what the texts name
	firms   []string
	partner string // an enterprise of the township that helps the village

	admissions []*folk.Admission
	said       map[string]bool // texts that may not come again

	byQuarter map[string]int // fen of dues paid in time, by 2026年第三季度

	generals map[model.Date][2]int // with a vote: who should have come to a branch meeting, and came
	rooms    []string              // ids of the village's places
	hours    map[learner]int
	classes  []class
	films    []film
	models   []string // ids of demonstrations
	bylaw    string   // id of the meeting that adopted the rules
	bylawOn  model.Date
	linkages []linkage
	pairings []pairing

	faulty *faulty // nil without deliberate faults
}

func newVillage(place folk.Place, o Options, b *daybook) *village {
	v := &village{seed: o.Seed, place: place, span: yearTo(o.AsOf), size: sizesOf(o.Members), book: b, said: map[string]bool{},
		byQuarter: map[string]int{}, hours: map[learner]int{}, generals: map[model.Date][2]int{}}
	c := folk.NewCrowd(v.dice("people"), place, o.AsOf, folk.NewIDNumbers(), folk.NewPhones(v.dice("phones")))
	if o.Faults {
		v.size.confirming = 3 // one approved late, one extended, one past the end
	}
	v.cast = newCast(v.dice("cast"), c, v.span, v.size)
	if o.Faults {
		v.choose(folk.NewCrowd(v.dice("faulty"), place, o.AsOf, c.IDs, c.Phones))
	}
	v.planAdmissions()
	v.firms = folk.FirmNames(v.dice("firms"), place.Name, 4)
	v.partner = folk.FirmNames(v.dice("partner"), strings.TrimSuffix(place.Township, "镇"), 1)[0]
	return v
}

// dice gives a block's own stream.
func (v *village) dice(block string) *dice.Dice { return dice.New(v.seed, block) }

// write puts down every record of the village, block by block. Each block draws
// from its own stream; a block comes after those whose records it refers to.
func (v *village) write(home *model.Record) {
	v.organisation(home)
	v.persons()
	v.vocabulary()
	v.movements()
	v.offices()
	v.meetingRooms()
	v.development()
	v.demonstrations()
	v.activities()
	v.payDues()
	v.remit()
	v.reviews()
	v.talks()
	v.jointCreation()
	v.shelf()
	v.supplies()
	v.training()
	v.bothLead()
	v.praise()
	v.faultyMeetings()
	v.faultyOffices()
}
