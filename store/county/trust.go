package county

import (
	"context"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// Changed is a bundle that was refused since another key than the known one signed it.
type Changed struct {
	Code, Name string
	Old, New   string // the check digits of the two keys, as "1234 5678"
	At, File   string // when it was refused, and its name

	key string
}

// ChangedKey gives the last bundle of an organisation that was refused for its key.
// *model.Error: E-UNKNOWN-UNIT when nothing was ever accepted of it, E-NOCHANGE when
// none was refused for its key, or that key is known by now.
func ChangedKey(ctx context.Context, l *store.Ledger, code string) (*Changed, error) {
	known, err := KnownKeyOf(ctx, l, code)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return nil, model.Errorf("E-UNKNOWN-UNIT", "还没有接收过 %s 的报送包,不用认可密钥:第一个报送包的密钥自动记下;请核对代码", model.Clean(code, false))
	}
	book, err := IntakesOf(ctx, l, code)
	if err != nil {
		return nil, err
	}
	for i := len(book) - 1; i >= 0; i-- {
		why, err := readReasons(&book[i])
		if err != nil {
			return nil, err
		}
		if why.Code != "E-KEY-CHANGED" || why.Key == "" {
			continue
		}
		if why.Key == known.PublicKey {
			break
		}
		return &Changed{Code: code, Name: why.Name, Old: bundle.CheckDigits(known.PublicKey), New: bundle.CheckDigits(why.Key),
			At: book[i].At, File: book[i].File, key: why.Key}, nil
	}
	return nil, model.Errorf("E-NOCHANGE", "没有因为密钥不同而退回的 %s 的报送包,不用认可;台账是从旧备份恢复的,请加 --restored", model.Clean(code, false))
}

// Trust lets the next bundle under a changed key in, whatever its number and
// organisation id: it replaces what is on file, and from then on its key is the known
// one. digits are those that the other side has read out; others than the new key's
// are *model.Error E-DIGITS.
func Trust(ctx context.Context, l *store.Ledger, c *Changed, digits string) error {
	if digitsOnly(digits) != digitsOnly(c.New) {
		return model.Errorf("E-DIGITS", "写的校验数字与新密钥的(%s)不同,没有认可;请再打电话核对,对不上的不要认可", c.New)
	}
	return SetSuccessor(ctx, l, c.Code, c.key, true)
}

func digitsOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, model.HalfWidth(s))
}
