output "large" { value = 123456789012345678901234567890 }
output "large_text" { value = "${123456789012345678901234567890}" }
output "decimal_text" { value = "${1.50}" }
output "exponent" { value = [1e3, 1.5e-3, 1E+2] }
output "exponent_text" { value = "${1e21} ${1e-7}" }
output "sum" { value = 0.1 + 0.2 == 0.3 }
output "division" { value = [10 / 4, 9 / 3, -7 / 2] }
output "modulo" { value = [7 % 3, -7 % 3, 7 % -3, 5.5 % 2] }
output "text" { value = "5" + "6" }
output "negative" { value = -"5" - -1 }
output "rounding" { value = [floor(-1.5), ceil(1.2), abs(-3), signum(-2)] }
output "parsed" { value = [parseint("ff", 16), tonumber("1e3"), tonumber("0.10")] }
output "compared" { value = ["10" > 9, 1.0 == 1, 2 >= "2"] }
output "precedence" { value = 1 + 2 * 3 - 4 / 2 % 3 > 1 == true && !false || false }
output "keys" { value = { 1 = "a", 1.5 = "b", 1e3 = "c" } }
