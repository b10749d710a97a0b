package county

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
)

// Reissue signs the county's profile anew, one version higher: with what change does
// to it and with the county's list of units, writes it to path and stores it. A
// profile in which nothing has changed keeps its version, and is only written. change
// may be nil. *model.Error: E-NOTCOUNTY for a ledger that is no county's, E-KEY for
// another county's key, E-PROFILE, E-PARAM, E-PERM, E-FULL; the ledger and the file
// are as before then.
func Reissue(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, path string, change func(*bundle.Profile)) (*bundle.Profile, error) {
	have, err := OwnWith(ctx, l, key)
	if err != nil {
		return nil, err
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	next := *have
	next.Parameters = map[string]string{}
	for name, value := range have.Parameters {
		next.Parameters[name] = value
	}
	next.Units = unitsListed(roll)
	next.Former = slices.Clone(have.Former)
	if next.Recoded, next.Retired, err = unitsPast(ctx, l); err != nil {
		return nil, err
	}
	if change != nil {
		change(&next)
	}
	data, err := send.ProfileText(ctx, l)
	if err != nil {
		return nil, err
	}
	if !sameProfile(have, &next) {
		next.Version++
		if data, err = bundle.SealProfile(next, key, l.Source().Now()); err != nil {
			return nil, err
		}
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, explain(syscall.EISDIR, path)
	}
	file, err := bundle.ProfileFile(data, key)
	if err != nil {
		return nil, err
	}
	// The file is on the disk before the ledger changes and gets its name after it: a
	// village never holds a version that the county does not know.
	pending, err := disk.PrepareBytes(path, file)
	if err != nil {
		return nil, explain(err, path)
	}
	if err := send.SetProfile(ctx, l, data); err != nil {
		return nil, errors.Join(err, pending.Drop())
	}
	if err := pending.Finish(); err != nil {
		return nil, store.FileFault(err, path, "台账里的规定已经改好,只差这个文件:排除以后请再做一次,内容不会再变")
	}
	return send.Profile(ctx, l)
}

// Own gives the profile of the county whose ledger this is. *model.Error E-NOTCOUNTY
// for a village's ledger.
func Own(ctx context.Context, l *store.Ledger) (*bundle.Profile, error) {
	p, err := send.Profile(ctx, l)
	if err != nil {
		return nil, err
	}
	if p == nil || p.Code != l.Home().Str(fieldCode) {
		return nil, model.Errorf("E-NOTCOUNTY", "“%s”不是县里的台账,这个命令用不了;请用 --db 写明 county init 建立的 county.db", l.Path())
	}
	return p, nil
}

// OwnWith gives the profile of the county whose ledger and key these are.
// *model.Error as Own, E-KEY for another county's key.
func OwnWith(ctx context.Context, l *store.Ledger, key *bundle.CountyKey) (*bundle.Profile, error) {
	p, err := Own(ctx, l)
	if err != nil {
		return nil, err
	}
	if !key.Use(p.PublicKey) {
		w := bundle.WordsOf(p.Level)
		return nil, model.Errorf("E-KEY", "这不是本%s的密钥(校验数字 %s,台账里的是 %s),打不开本%s的报送包,签出来%s也不认;请选择原来的 county.key",
			w.Own, bundle.CheckDigits(key.PublicKey()), bundle.CheckDigits(p.PublicKey), w.Own, w.There)
	}
	return p, nil
}

// sameProfile compares what a profile says, apart from version and time.
func sameProfile(a, b *bundle.Profile) bool {
	if a.Name != b.Name || a.DeadlineDay != b.DeadlineDay || a.Identity != b.Identity || len(a.Parameters) != len(b.Parameters) {
		return false
	}
	for name, value := range a.Parameters {
		if other, ok := b.Parameters[name]; !ok || other != value {
			return false
		}
	}
	return slices.Equal(a.Units, b.Units) && slices.Equal(a.Recoded, b.Recoded) && slices.Equal(a.Retired, b.Retired)
}

// ProfilePath is where the county's profile lies when nothing else is said: beside
// its ledger.
func ProfilePath(l *store.Ledger) string { return filepath.Join(filepath.Dir(l.Path()), ProfileFile) }

// Issue writes a start card for every unit of the county's list, under dir in a
// folder for each township; a card of the same name is replaced. Where the list has
// changed since the profile was signed, the profile is issued anew first, to path. It
// gives the paths in the order of the list. each, where set, is called after each
// card. *model.Error: E-DAMAGED, E-NOUNITS without a list, those of Reissue.
func Issue(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, path, dir string, each func(done, all int)) ([]string, *bundle.Profile, error) {
	if err := l.Damaged(); err != nil {
		return nil, nil, err
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(roll) == 0 {
		return nil, nil, model.Errorf("E-NOUNITS", "还没有单位名单,不知道给谁发启动卡;请先取入名单(taizhang county roll 名单文件)")
	}
	profile, err := Reissue(ctx, l, key, path, nil)
	if err != nil {
		return nil, nil, err
	}
	text, err := send.ProfileText(ctx, l)
	if err != nil {
		return nil, nil, err
	}
	home := l.Home()
	kinds := l.Kinds().Kind(home.Kind.Name).Field("kind").Choices
	var paths []string
	for i, u := range roll {
		if err := ctx.Err(); err != nil {
			return paths, profile, err
		}
		data, err := bundle.SealCard(bundle.Card{Code: u.Code, Name: u.Name, Kind: kindByName(kinds, u.Name), Township: u.Township, Domain: u.Domain,
			County: home.Text("county"), Profile: string(text)}, key, l.Source().Now())
		if err != nil {
			return paths, profile, err
		}
		card, err := writeCard(filepath.Join(dir, FolderName(u.Township)), u.Code, data)
		if err != nil {
			return paths, profile, err
		}
		paths = append(paths, card)
		if each != nil {
			each(i+1, len(roll))
		}
	}
	return paths, profile, nil
}

func writeCard(dir, code string, data []byte) (string, error) {
	if err := disk.MakeFolders(dir); err != nil {
		return "", explain(err, dir)
	}
	path := filepath.Join(dir, bundle.CardName(code))
	return path, explain(disk.WholeBytes(path, data), path)
}

// kindByName finds what a unit is by how its name ends; most are branches.
func kindByName(kinds []string, name string) string {
	found := ""
	for _, k := range kinds {
		if strings.HasSuffix(name, k) && len(k) > len(found) {
			found = k
		}
	}
	switch {
	case found != "":
		return found
	case strings.HasSuffix(name, "总支") || strings.HasSuffix(name, "总支部委员会"):
		return "党总支"
	case strings.HasSuffix(name, "委员会") && !strings.HasSuffix(name, "支部委员会"):
		return "党委"
	}
	return "党支部"
}

// FolderName makes a township's name one that every file system takes; "" stays.
func FolderName(township string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, model.Clean(township, false))
	return strings.Trim(name, " .")
}
