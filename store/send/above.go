package send

import (
	"context"
	"path/filepath"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// The settings in which an office keeps the profile of the one above it: a county's ledger
// holds its own profile where a village's holds its county's.
const (
	settingAbove    = "above_profile" // as it was taken in
	settingAboveKey = "above_key"     // its public key, pinned by the first
)

// LevelOf gives the level of the office whose profile it is: 县, 地市 or 省.
func LevelOf(p *bundle.Profile) string {
	if p.Level == "" {
		return bundle.LevelCounty
	}
	return p.Level
}

// levels from below.
var levels = []string{bundle.LevelCounty, bundle.LevelCity, bundle.LevelProvince}

// Above gives the profile of the office above, nil where none has been taken in.
func Above(ctx context.Context, l *store.Ledger) (*bundle.Profile, error) {
	text, err := l.Setting(ctx, settingAbove)
	if err != nil || text == "" {
		return nil, err
	}
	pinned, err := ofOffice.pinned(ctx, l, text)
	if err != nil {
		return nil, err
	}
	return bundle.OpenProfile([]byte(text), pinned)
}

// SetAbove takes in the profile of the office above. The first one is trusted and its key
// pinned; from then on only that key's are taken, and those of keys that came from it by
// announcements, or one for which the digits vouch that two people have compared over the
// phone ("": nobody has). *model.Error: those of bundle.OpenProfile, E-COUNTY in a
// village's ledger, E-LEVEL for an office that is not above this one, E-DIGITS,
// E-PROFILE-COUNTY for another office's, E-PROFILE-OLD for an older one. Nothing is changed
// then.
func SetAbove(ctx context.Context, l *store.Ledger, data []byte, digits string) (*bundle.Profile, error) {
	return setAbove(ctx, l, data, vouched{digits: digits, asked: digits != ""})
}

// TrustAbove is SetAbove where somebody was asked for the digits: none are wrong ones.
func TrustAbove(ctx context.Context, l *store.Ledger, data []byte, digits string) (*bundle.Profile, error) {
	return setAbove(ctx, l, data, vouched{digits: digits, asked: true})
}

func setAbove(ctx context.Context, l *store.Ledger, data []byte, by vouched) (*bundle.Profile, error) {
	own, err := ownProfile(ctx, l)
	if err != nil {
		return nil, err
	}
	p, pinned, done, err := ofOffice.look(ctx, l, data, by)
	if err == nil {
		err = ofOffice.same(ctx, l, p)
	}
	switch {
	case err != nil:
		return nil, err
	case slices.Index(levels, LevelOf(p)) <= slices.Index(levels, LevelOf(own)):
		return nil, model.Errorf("E-LEVEL", "这是%s级“%s”的配置文件,不是本级(%s)的上级,没有取入;请向上一级要它发给下级的配置文件", LevelOf(p), model.Clean(p.Name, false), LevelOf(own))
	case done:
		return p, nil
	}
	return p, inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := ofOffice.keepFormer(ctx, t, pinned, p.PublicKey); err != nil {
			return err
		}
		if err := t.SetSetting(ctx, settingAbove, string(bundle.StandingProfile(data))); err != nil {
			return err
		}
		return t.SetSetting(ctx, settingAboveKey, p.PublicKey)
	})
}

// OwnLevel gives the level of the office whose ledger it is: 县, 地市 or 省. *model.Error
// E-COUNTY in a village's.
func OwnLevel(ctx context.Context, l *store.Ledger) (string, error) {
	p, err := ownProfile(ctx, l)
	if err != nil {
		return "", err
	}
	return LevelOf(p), nil
}

// ownProfile gives the profile of the office whose ledger it is. *model.Error E-COUNTY in a
// village's.
func ownProfile(ctx context.Context, l *store.Ledger) (*bundle.Profile, error) {
	is, err := IsCounty(ctx, l)
	if err != nil {
		return nil, err
	}
	if !is || l.Extract() != nil {
		return nil, model.Errorf("E-COUNTY", "这不是县里的台账,没有下级可以汇总;村里请用“月度上报”")
	}
	return Profile(ctx, l)
}

// SumsOptions say which sums to send up, and how.
type SumsOptions struct {
	Month model.Month
	Dir   string // the folder to write to; "": the current one
	Plain bool   // without the age layer; needs no profile of the office above
	Sums  bundle.Sums
	// Add writes the tables of bundle.SumResources.
	Add func(ctx context.Context, b *bundle.Builder) error
}

// ExportSums makes the bundle of a month's sums for the office above: signed, encrypted to
// it, in a file of its own in Dir, as Export makes a village's. Sums.Level is set from the
// ledger's profile. *model.Error as Export's, E-COUNTY in a village's ledger, E-NOPROFILE
// without the profile of the office above.
func ExportSums(ctx context.Context, l *store.Ledger, o SumsOptions) (Sent, error) {
	own, err := ownProfile(ctx, l)
	if err != nil {
		return Sent{}, err
	}
	e := &export{l: l, o: Options{Month: o.Month, Dir: o.Dir, Plain: o.Plain}, now: l.Source().Now(), sums: true, all: 4}
	err = e.writable(ctx)
	if err == nil {
		err = l.Sound(ctx)
	}
	if err != nil {
		return Sent{}, err
	}
	if e.profile, err = Above(ctx, l); err != nil {
		return Sent{}, err
	}
	if e.profile == nil && !o.Plain {
		return Sent{}, model.Errorf("E-NOPROFILE", "还没有上级的配置文件,报送包不知道加密给谁;请先向上级要它的配置文件,用 taizhang county above 文件 取入后再导出")
	}
	if e.o.Dir, err = filepath.Abs(e.o.Dir); err != nil {
		return Sent{}, err
	}
	if err := store.CheckPlace(e.o.Dir); err != nil {
		return Sent{}, err
	}
	o.Sums.Level = LevelOf(own)
	if err := e.buildSums(ctx, o); err != nil {
		return Sent{}, err
	}
	if err := e.verify(e.built.ZIP); err != nil {
		return Sent{}, err
	}
	return e.sendOut(ctx)
}

func (e *export) buildSums(ctx context.Context, o SumsOptions) error {
	home := e.l.Home()
	meta := bundle.Meta{Program: bundle.Program, Month: o.Month, Contents: bundle.ContentsSums, Sums: &o.Sums,
		Organization: bundle.Organization{ID: home.ID, Code: home.Str("code"), Name: home.Str("name")}}
	e.code = meta.Organization.Code
	var err error
	if meta.Previous, meta.Sent, err = earlier(ctx, inside(e.l).Readers()); err != nil {
		return inside(e.l).Explain(err)
	}
	var b bundle.Builder
	if err := o.Add(ctx, &b); err != nil {
		return err
	}
	key, err := signingKey(ctx, e.l)
	if err != nil {
		return err
	}
	if err := e.freeName(ctx); err != nil {
		return err
	}
	meta.Sequence = e.sent.Sequence
	if e.built, err = b.Finish(meta, key, e.now); err != nil {
		return err
	}
	e.sent.Month, e.sent.Plain, e.sent.Counts = o.Month, o.Plain, map[string]int{}
	e.sent.Hash, e.sent.CreatedAt, e.sent.State = e.built.Hash, e.built.Package.Created, sentBroken
	return nil
}

// earlier gives the hash of the last bundle that was written, "" for none, and all whose
// hash was committed.
func earlier(ctx context.Context, q raw.Querier) (previous string, sent []bundle.Before, err error) {
	last, err := raw.Texts(ctx, q, "SELECT hash FROM bundle_sent WHERE state <> ? ORDER BY sequence DESC LIMIT 1", sentBroken)
	if err != nil {
		return "", nil, err
	}
	if len(last) == 1 {
		previous = last[0]
	}
	sent, err = sentBefore(ctx, q)
	return previous, sent, err
}
