package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"

	"aead.dev/minisign"

	"taizhang/model"
)

// NewSigningKey makes a minisign key from 32 random bytes: the same bytes give the
// same key. It fails only when random does.
func NewSigningKey(random io.Reader) (minisign.PrivateKey, error) {
	_, key, err := minisign.GenerateKey(random)
	if err != nil {
		return key, fmt.Errorf("signing key: %w", err)
	}
	return key, nil
}

// PublicKeyOf gives the one base64 line that `minisign -P` takes.
func PublicKeyOf(key minisign.PrivateKey) string {
	return key.Public().(minisign.PublicKey).String()
}

// ParsePublicKey reads that line, and no other form of it.
func ParsePublicKey(line string) (minisign.PublicKey, error) {
	var key minisign.PublicKey
	if err := key.UnmarshalText([]byte(line)); err != nil {
		return key, fmt.Errorf("public key: %w", err)
	}
	if key.String() != line {
		return key, fmt.Errorf("public key: not in the usual form")
	}
	return key, nil
}

// CheckDigits gives the eight digits by which two people compare a public key over
// the phone, as "1234 5678": the first 64 bits of the SHA-256 of its text, modulo
// 100,000,000.
func CheckDigits(publicKey string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(publicKey)))
	n := binary.BigEndian.Uint64(sum[:8]) % 100_000_000
	return fmt.Sprintf("%04d %04d", n/10_000, n%10_000)
}

// SameDigits tells whether check digits as they were typed are those: blanks and full
// width don't matter.
func SameDigits(typed, digits string) bool {
	only := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, model.HalfWidth(s))
	}
	return only(typed) == only(digits)
}

// sign gives a signature in minisign's text form, prehashed as minisign does by
// itself. The comment is signed too.
func sign(key minisign.PrivateKey, message []byte, file string, at time.Time) []byte {
	r := minisign.NewReader(bytes.NewReader(message))
	if _, err := io.Copy(io.Discard, r); err != nil {
		panic("bundle: reading from memory: " + err.Error())
	}
	comment := fmt.Sprintf("timestamp:%d\tfile:%s\thashed", at.Unix(), file)
	return r.SignWithComments(key, comment, untrustedComment(key.ID()))
}

func untrustedComment(keyID uint64) string {
	return fmt.Sprintf("signature from taizhang key %016X", keyID)
}

// verify checks a signature in minisign's text form.
func verify(publicKey string, message, signature []byte) error {
	key, err := ParsePublicKey(publicKey)
	if err != nil {
		return err
	}
	if len(signature) > 2000 || !minisign.Verify(key, message, signature) {
		return fmt.Errorf("the signature does not fit")
	}
	return nil
}

// Sealed is the form of what travels alone and signed: profiles and receipts. The
// signature is over the text itself, so no second reading of JSON can differ.
type Sealed struct {
	Signed    string `json:"signed"`
	Signature string `json:"signature"`
}

// MaxSealed bounds a profile or receipt, in bytes.
const MaxSealed = 8 << 20

// Seal writes v as JSON and signs the text. name stands in the signature's comment.
func Seal(v any, name string, key minisign.PrivateKey, at time.Time) ([]byte, error) {
	text, err := marshal(v)
	if err != nil {
		return nil, err
	}
	return marshal(Sealed{Signed: string(text), Signature: string(sign(key, text, name, at))})
}

// Unseal opens a sealed text and reads it into v, a pointer to a struct. key gives,
// from what was read, the public key that must have signed it. Errors are
// *model.Error: E-SEAL for a file that is none, E-SIGNATURE for a wrong signature.
func Unseal(data []byte, v any, key func() string) error {
	if len(data) > MaxSealed {
		return notSealed("文件太大")
	}
	var s Sealed
	if err := decodeStrict(bytes.TrimPrefix(data, []byte("\ufeff")), &s); err != nil {
		return notSealed("内容不完整")
	}
	if err := decodeLenient([]byte(s.Signed), v); err != nil {
		return notSealed("内容不合格式")
	}
	if err := verify(key(), []byte(s.Signed), []byte(s.Signature)); err != nil {
		return model.Errorf("E-SIGNATURE", "文件的签名不对,可能被改动过,请向县(市)委组织部重新要一份")
	}
	return nil
}

func notSealed(why string) *model.Error {
	return model.Errorf("E-SEAL", "这不是县里签发的文件(%s),请核对是否选错了文件", why)
}
