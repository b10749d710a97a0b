// Package stick looks at what lies on a stick, without a key and without a ledger.
package stick

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// Stick is what lies on a stick (or in any folder), told without a key: bundles by
// their beginning, whose they are by their names, and what receipts say openly.
type Stick struct {
	Path     string      `json:"path"`
	Month    model.Month `json:"month"` // for which it is asked who is missing
	Bundles  []Bundle    `json:"bundles"`
	Receipts []Receipt   `json:"receipts"`
	Broken   []Broken    `json:"broken"` // called as bundles, and none: they count as not handed in
	Others   []string    `json:"others"` // paths of files that are neither
	Unread   []string    `json:"unread"` // paths that could not be looked at

	Listed   bool          `json:"listed"`  // a list of units is known
	Due      []string      `json:"due"`     // the townships asked about; none: all of the list
	Expected int           `json:"units"`   // units of those townships
	Missing  []bundle.Unit `json:"missing"` // those of them without a bundle for the month
}

// Broken is a file that is called a bundle and is none.
type Broken struct {
	Path  string `json:"path"`
	File  string `json:"file"`
	Code  string `json:"code"`
	Name  string `json:"name"`  // by the list
	Empty bool   `json:"empty"` // it has no byte
}

// Bundle is a bundle, by how it begins. Of one that was renamed beyond
// recognition the code is "": only the county can tell whose it is.
type Bundle struct {
	Path     string      `json:"path"`
	File     string      `json:"file"`
	Code     string      `json:"code"`
	Name     string      `json:"name"` // by the list, "" for a code not on it
	Township string      `json:"township"`
	Month    model.Month `json:"month"`
	Sequence int64       `json:"sequence"`
	Size     int64       `json:"size"`  // bytes
	Older    bool        `json:"older"` // a later one of the same unit lies here too
	Plain    bool        `json:"plain"` // not encrypted: the county refuses it
	Again    bool        `json:"again"` // the same number of the same unit lies here under another name
}

// Receipt is a receipt. Whether it is this county's is not looked at here.
type Receipt struct {
	Path     string      `json:"path"`
	File     string      `json:"file"`
	Code     string      `json:"code"`
	Name     string      `json:"name"`
	Month    model.Month `json:"month"`
	Sequence int64       `json:"sequence"`
	Verdict  string      `json:"verdict"` // "" where it can't be read
	Problems int         `json:"problems"`
}

// Question says what to ask of a stick.
type Question struct {
	Month    model.Month  // "": the newest of the bundles found, else Otherwise
	Township string       // "": those of which a bundle is found, else all
	Units    []store.Unit // the list; none: a county.json on the stick is used
	// Otherwise is the month where nothing is found.
	Otherwise model.Month
}

// Look looks through a folder and all below it. Nothing is written. A part
// that can't be read is named in Unread. *model.Error E-DIR when the folder itself
// can't be read.
func Look(ctx context.Context, path string, q Question) (Stick, error) {
	s := Stick{Path: path, Month: q.Month, Bundles: []Bundle{}, Receipts: []Receipt{}, Broken: []Broken{}, Others: []string{}, Unread: []string{},
		Due: []string{}, Missing: []bundle.Unit{}}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return s, model.Errorf("E-DIR", "“%s”不是能读的文件夹,请检查U盘是否插好、位置是否写对", path)
	}
	units := q.Units
	err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case d != nil && file != path && d.IsDir() && bundle.PassOverFolder(d.Name()):
			return fs.SkipDir
		case err != nil:
			s.Unread = append(s.Unread, file)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() || bundle.PassOver(d.Name()):
		case d.Name() == county.ProfileFile && len(units) == 0:
			units = profileUnits(file)
		default:
			s.add(file, d)
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	s.name(units)
	s.choose(q)
	s.miss(q, units)
	return s, nil
}

// profileUnits gives the list in a county's profile. Whose it is matters little
// here: it only gives names.
func profileUnits(file string) []store.Unit {
	data, err := readSealed(file)
	if err != nil {
		return nil
	}
	p, err := bundle.OpenProfile(data, "")
	if err != nil {
		return nil
	}
	units := make([]store.Unit, len(p.Units))
	for i, u := range p.Units {
		units[i] = store.Unit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone}
	}
	return units
}

// readSealed reads a file that by its size can be a profile or receipt.
func readSealed(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > bundle.MaxSealed {
		return nil, model.Errorf("E-SEAL", "“%s”太大,不是县里发的文件", file)
	}
	return os.ReadFile(file)
}

// add tells what a file is: a receipt by its name, a bundle by how it begins.
func (s *Stick) add(path string, d fs.DirEntry) {
	name := d.Name()
	if code, month, sequence, ok := bundle.ParseReceiptName(name); ok && d.Type().IsRegular() {
		s.Receipts = append(s.Receipts, readReceipt(Receipt{Path: path, File: name, Code: code, Month: month, Sequence: sequence}))
		return
	}
	if !d.Type().IsRegular() {
		s.Others = append(s.Others, path)
		return
	}
	looks, err := bundle.Look(path)
	code, month, sequence, _ := bundle.NameIn(name)
	switch looks {
	case bundle.LooksSealed, bundle.LooksPlain, bundle.LooksWrapped:
		b := Bundle{Path: path, File: name, Code: code, Month: month, Sequence: sequence, Plain: looks == bundle.LooksPlain}
		if info, err := d.Info(); err == nil {
			b.Size = info.Size()
		}
		s.Bundles = append(s.Bundles, b)
		return
	}
	switch {
	case err != nil:
		s.Unread = append(s.Unread, path)
	case bundle.Called(name):
		s.Broken = append(s.Broken, Broken{Path: path, File: name, Code: code, Empty: looks == bundle.LooksEmpty})
	default:
		s.Others = append(s.Others, path)
	}
}

// readReceipt adds what a receipt says of itself.
func readReceipt(r Receipt) Receipt {
	data, err := readSealed(r.Path)
	if err != nil {
		return r
	}
	var said bundle.Receipt
	if bundle.Unseal(data, &said, func() string { return said.PublicKey }) != nil {
		return r
	}
	r.Name, r.Verdict, r.Problems = model.Clean(said.Organization.Name, false), model.Clean(said.Verdict, false), len(said.Problems)+said.More
	return r
}

// name gives the files the names of the list, orders them by township and code, and
// marks those that a later one of the same unit overtakes.
func (s *Stick) name(units []store.Unit) {
	s.Listed = len(units) > 0
	known := map[string]store.Unit{}
	for _, u := range units {
		known[u.Code] = u
	}
	newest := map[string]int64{}
	for i := range s.Bundles {
		b := &s.Bundles[i]
		b.Name, b.Township = known[b.Code].Name, known[b.Code].Township
		newest[b.Code] = max(newest[b.Code], b.Sequence)
	}
	for i := range s.Bundles {
		s.Bundles[i].Older = s.Bundles[i].Sequence < newest[s.Bundles[i].Code]
	}
	for i := range s.Broken {
		s.Broken[i].Name = known[s.Broken[i].Code].Name
	}
	for i := range s.Receipts {
		if u, ok := known[s.Receipts[i].Code]; ok {
			s.Receipts[i].Name = u.Name
		}
	}
	model.Sort(s.Bundles, func(a, b Bundle) int {
		return cmp.Or(cmp.Compare(a.Township, b.Township), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.Path, b.Path))
	})
	for i := 1; i < len(s.Bundles); i++ {
		a, b := s.Bundles[i-1], &s.Bundles[i]
		b.Again = b.Code != "" && a.Code == b.Code && a.Sequence == b.Sequence
	}
	model.Sort(s.Receipts, func(a, b Receipt) int { return cmp.Compare(a.File, b.File) })
}

// choose settles of which month and which townships it is told who is missing.
func (s *Stick) choose(q Question) {
	if s.Month == "" {
		s.Month = q.Otherwise
		for i, b := range s.Bundles {
			if i == 0 || b.Month > s.Month {
				s.Month = b.Month
			}
		}
	}
	if q.Township != "" {
		s.Due = []string{q.Township}
		return
	}
	for _, b := range s.Bundles {
		if b.Township != "" && !slices.Contains(s.Due, b.Township) {
			s.Due = append(s.Due, b.Township)
		}
	}
}

// miss names the units without a bundle of the month or a later one.
func (s *Stick) miss(q Question, units []store.Unit) {
	here := map[string]bool{}
	for _, b := range s.Bundles {
		if b.Month >= s.Month {
			here[b.Code] = true
		}
	}
	for _, u := range units {
		if len(s.Due) > 0 && !slices.Contains(s.Due, u.Township) {
			continue
		}
		s.Expected++
		if !here[u.Code] {
			s.Missing = append(s.Missing, bundle.Unit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone})
		}
	}
}
