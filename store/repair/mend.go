package repair

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"aead.dev/minisign"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

// The settings by which a ledger is the one that the county knows; see store/send.
const (
	settingSigningKey = "signing_key"
	settingPublicKey  = "public_key"
	settingSequence   = "sequence"
	settingProfile    = "county_profile"
	settingCountyKey  = "county_key"
)

// mendSettings puts right what reporting and the rules read: a new ledger has a key of its
// own already, which stays where the old one can't be had.
func (j *job) mendSettings(ctx context.Context) error {
	if j.suspect("setting") {
		if err := j.settingsHeld(ctx); err != nil {
			return err
		}
	}
	if j.src.program.byName["bundle_sent"] == nil { // a book that reports to nobody
		return j.mendMonth(ctx)
	}
	for _, step := range []func(context.Context) error{j.mendKeys, j.mendSequence, j.mendMonth, j.mendProfile} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// settingsHeld takes from the backup what stood on a page that is lost, or says what it holds.
func (j *job) settingsHeld(ctx context.Context) error {
	if len(j.backups.all) == 0 {
		j.report.note("设置的表有读不出的地方,又没有备份:请在“设置”里看一遍")
		return nil
	}
	from := j.backups.all[0]
	names, err := raw.TextsOnce(ctx, from.l.Inside(raw.Pass{}).Readers(), "SELECT name FROM setting ORDER BY name")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	sum := j.report.sum(j.src.program.byName["setting"])
	for _, name := range names {
		if notCopied[name] || j.copied[name] || name == store.SettingHome {
			continue
		}
		it := Item{Table: "setting", Kind: "设置", ID: name, Name: name, What: "整项", Held: from.day}
		if j.o.Fill {
			text, err := from.l.Setting(ctx, name)
			if err != nil {
				return err
			}
			if err := j.t.SetSetting(ctx, name, text); err != nil {
				return err
			}
			j.copied[name], it.From = true, "备份 "+from.day
			sum.FromBackup++
		} else {
			sum.Lost++
		}
		j.report.add(it)
	}
	return nil
}

// loseSetting names a setting that is lost, once.
func (j *job) loseSetting(name, title string) {
	for i, it := range j.report.Items {
		if it.Table == "setting" && it.ID == name {
			j.report.Items[i].Name = title
			return
		}
	}
	j.report.sum(j.src.program.byName["setting"]).Lost++
	j.report.add(Item{Table: "setting", Kind: "设置", ID: name, Name: title, What: "整项"})
}

// mendKeys makes the public key the one that belongs to the signing key.
func (j *job) mendKeys(ctx context.Context) error {
	text, err := j.t.Setting(ctx, settingSigningKey)
	if err != nil {
		return err
	}
	var key minisign.PrivateKey
	if !j.copied[settingSigningKey] || key.UnmarshalText([]byte(text)) != nil {
		// The one that the new ledger was begun with was written over or not; either way
		// the pair has to be a pair.
		if err := send.Begin(ctx, j.t); err != nil {
			return err
		}
		j.loseSetting(settingSigningKey, "签名密钥")
		j.report.note("签名密钥读不出,换了新的:下次上报前请打电话给县里,县里要核对后才收(county trust);有备份的,先用“从备份补上”再修一次")
		return nil
	}
	public, ok := key.Public().(minisign.PublicKey)
	if !ok {
		return errors.New("a signing key without a public one")
	}
	return j.t.SetSetting(ctx, settingPublicKey, public.String())
}

// mendSequence lets the numbers of bundles go on: never from one that was used.
func (j *job) mendSequence(ctx context.Context) error {
	text, err := j.t.Setting(ctx, settingSequence)
	if err != nil {
		return err
	}
	sent, err := raw.NumberOnce(ctx, j.t, "SELECT coalesce(max(sequence), 0) FROM bundle_sent")
	if err != nil {
		return err
	}
	n, bad := strconv.ParseInt(text, 10, 64)
	if j.suspect("bundle_sent") {
		j.report.note("报送包的登记可能不全:下次上报,县里会问是不是从备份恢复的,照实说明就收(county trust --restored)")
	}
	if bad == nil && n >= sent || text == "" && sent == 0 {
		return nil
	}
	j.report.note("报送包的序号读不出,按登记接着第 %d 号", sent)
	if sent == 0 {
		return j.t.SetSetting(ctx, settingSequence, "")
	}
	return j.t.SetSetting(ctx, settingSequence, strconv.FormatInt(sent, 10))
}

func (j *job) mendMonth(ctx context.Context) error {
	text, err := j.t.Setting(ctx, store.SettingFirstMonth)
	if err != nil || text == "" || model.Month(text).Valid() {
		return err
	}
	j.report.note("“从哪个月记起”读不懂,请在“设置”里重新填写")
	return j.t.SetSetting(ctx, store.SettingFirstMonth, "")
}

// mendProfile takes the county's profile in anew if it can be, and the limits with it; one
// that can't is asked for again.
func (j *job) mendProfile(ctx context.Context) error {
	text, err := j.t.Setting(ctx, settingProfile)
	if err != nil {
		return err
	}
	pinned, err := j.t.Setting(ctx, settingCountyKey)
	if err != nil {
		return err
	}
	params, err := j.t.Setting(ctx, store.SettingParams)
	if err != nil {
		return err
	}
	if text == "" && pinned == "" {
		if params != "" && !json.Valid([]byte(params)) {
			return j.t.SetSetting(ctx, store.SettingParams, "")
		}
		return nil
	}
	p, bad := bundle.OpenProfile([]byte(text), pinned)
	if bad != nil && pinned != "" { // the pin may be the one that is broken
		p, bad = bundle.OpenProfile([]byte(text), "")
	}
	if bad == nil {
		if again, known := send.Params(j.o.Store.Book, p); known == nil {
			params = again
		}
		if err := j.t.SetSetting(ctx, store.SettingParams, params); err != nil {
			return err
		}
		return j.t.SetSetting(ctx, settingCountyKey, p.PublicKey)
	}
	j.loseSetting(settingProfile, "县里的配置文件")
	j.report.note("县里的配置文件读不出,请重新取入(county.json)")
	for _, name := range []string{settingProfile, settingCountyKey, store.SettingParams} {
		if err := j.t.SetSetting(ctx, name, ""); err != nil {
			return err
		}
	}
	return nil
}

// mendReferences takes references away whose target is not there, and names them: a ledger
// must hold none.
func (j *job) mendReferences(ctx context.Context) error {
	for _, t := range j.src.program.tables {
		for _, ref := range t.refs {
			what := raw.Quote(ref.column) + " || ' ' || "
			if t.field != nil {
				what += "record_id"
			} else {
				what += "id"
			}
			flat, err := raw.TextsOnce(ctx, j.t, dangling(what, t, ref))
			if err != nil {
				return fmt.Errorf("references of %s: %w", t.name, err)
			}
			for _, text := range flat {
				target, id, _ := strings.Cut(text, " ")
				if err := j.cutReference(ctx, t, ref, target, id); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (j *job) cutReference(ctx context.Context, t *table, ref reference, target, id string) error {
	column := raw.Quote(ref.column)
	if t.field != nil {
		if ref.column == "target_id" {
			j.report.sum(j.src.program.byName[t.holder.Name]).Part++
			j.report.add(Item{Table: t.holder.Name, Kind: t.holder.Title, ID: id,
				What: fmt.Sprintf("“%s”里的一个:所指的%s(%s)没有了", t.field.Label, j.titleOf(ref.target), short(target))})
		}
		return j.t.Exec(ctx, "DELETE FROM "+raw.Quote(t.name)+" WHERE record_id = ? AND "+column+" = ?", id, target)
	}
	j.report.sum(t).Part++
	it := Item{Table: t.name, Kind: t.title, ID: id}
	if ref.column == "org_id" {
		it.What = "所属的组织(" + short(target) + ")没有了,先归到本组织"
		j.report.add(it)
		return j.t.Exec(ctx, "UPDATE "+raw.Quote(t.name)+" SET org_id = ? WHERE id = ?", j.home, id)
	}
	it.What = fmt.Sprintf("“%s”:所指的%s(%s)没有了", labelOf(t, ref.column), j.titleOf(ref.target), short(target))
	j.report.add(it)
	return j.t.Exec(ctx, "UPDATE "+raw.Quote(t.name)+" SET "+column+" = NULL WHERE id = ?", id)
}
