package county

import (
	"context"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
)

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
		card, err := writeCard(filepath.Join(dir, folderName(u.Township)), u.Code, data)
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

// folderName makes a township's name one that every file system takes; "" stays.
func folderName(township string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, model.Clean(township, false))
	return strings.Trim(name, " .")
}
