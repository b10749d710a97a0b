package bundle

import "strings"

// bech32 writes bytes as BIP 173 says, without its bound on length. age has it for
// itself alone, and makes identities from its own randomness only.
func bech32(prefix string, data []byte) string {
	const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	values := fiveBits(data)
	sum := bech32Sum(prefix, values)
	var b strings.Builder
	b.WriteString(prefix + "1")
	for _, v := range append(values, sum[:]...) {
		b.WriteByte(charset[v])
	}
	return b.String()
}

// fiveBits cuts bytes into groups of five bits, the last one filled with zeros.
func fiveBits(data []byte) []byte {
	var out []byte
	var held, n uint
	for _, c := range data {
		held = held<<8 | uint(c)
		for n += 8; n >= 5; {
			n -= 5
			out = append(out, byte(held>>n&31))
		}
	}
	if n > 0 {
		out = append(out, byte(held<<(5-n)&31))
	}
	return out
}

func bech32Sum(prefix string, values []byte) (sum [6]byte) {
	var all []byte
	for _, c := range []byte(prefix) {
		all = append(all, c>>5)
	}
	all = append(all, 0)
	for _, c := range []byte(prefix) {
		all = append(all, c&31)
	}
	all = append(all, values...)
	all = append(all, sum[:]...)
	check := uint32(1)
	for _, v := range all {
		top := check >> 25
		check = check&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				check ^= g
			}
		}
	}
	for i := range sum {
		sum[i] = byte((check ^ 1) >> (5 * (5 - i)) & 31)
	}
	return sum
}

// bech32Data gives the bytes of what bech32 wrote, in either case. It is read after age has
// found it in order.
func bech32Data(text string) []byte {
	const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	text = strings.ToLower(text)
	text = text[strings.LastIndexByte(text, '1')+1:]
	var out []byte
	var held, n uint
	for i := range max(len(text)-6, 0) { // the last six are the check
		held = held<<5 | uint(strings.IndexByte(charset, text[i]))
		if n += 5; n >= 8 {
			n -= 8
			out = append(out, byte(held>>n))
		}
	}
	return out
}
